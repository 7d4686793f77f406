// SPDX-License-Identifier: MIT
// Kinds of objects that only the interpreter itself handles.
#pragma once

#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "cupel/python/native.hpp"
#include "python/bigint.hpp"
#include "python/bytecode.hpp"

namespace cupel::python {

class IntObject final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Int;
  IntObject(Class* cls, BigInt value) : Object(cls, kLayout), value(std::move(value)) {}
  const BigInt value;
};

class FloatObject final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Float;
  FloatObject(Class* cls, double value) : Object(cls, kLayout), value(value) {}
  const double value;
};

class RangeObject final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Range;
  RangeObject(Class* cls, std::int64_t start, std::int64_t stop, std::int64_t step)
      : Object(cls, kLayout), start(start), stop(stop), step(step) {}
  std::uint64_t size() const;
  const std::int64_t start, stop, step;
};

class SliceObject final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Slice;
  SliceObject(Class* cls, Value start, Value stop, Value step)
      : Object(cls, kLayout),
        start(std::move(start)),
        stop(std::move(stop)),
        step(std::move(step)) {}
  void clear() override;
  Value start, stop, step;
};

/// Gives one value after the other; the base of every iterator in C++.
class Iterator : public Object {
 public:
  static constexpr Layout kLayout = Layout::Iterator;
  using Object::clear;
  /// False at the end. May raise, may run scripts.
  virtual bool next(Interpreter& in, Value& out) = 0;

 protected:
  explicit Iterator(Class* cls) : Object(cls, kLayout) {}
};

enum class ViewKind : std::uint8_t { Keys, Values, Items };
class DictView final : public Object {
 public:
  static constexpr Layout kLayout = Layout::DictView;
  DictView(Class* cls, Value dict, ViewKind kind)
      : Object(cls, kLayout), dict(std::move(dict)), kind(kind) {}
  void clear() override { dict = {}; }
  Value dict;
  const ViewKind kind;
};

class Cell final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Cell;
  explicit Cell(Class* cls, Value value = {}) : Object(cls, kLayout), value(std::move(value)) {}
  void clear() override { value = {}; }
  Value value;
};

class Function final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Function;
  Function(Class* cls, Code* code, Dict* globals);
  void clear() override;
  Code& code() const { return *code_; }
  Dict& globals() const { return *globals_; }
  Str* name;
  Str* qualified_name;
  Values defaults;          ///< of the last positional parameters
  Values keyword_defaults;  ///< one for each keyword-only parameter; Unset: none
  Values closure;
  Value annotations;  ///< dict or Unset
  Value doc;
  Value module;

 private:
  Code* code_;
  Dict* globals_;
  Value code_holder_, globals_holder_;
};

class Method final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Method;
  Method(Class* cls, Value function, Value self)
      : Object(cls, kLayout), function(std::move(function)), self(std::move(self)) {}
  void clear() override {
    function = {};
    self = {};
  }
  Value function, self;
};

/// An attribute of built-in objects that C++ computes.
class GetSet final : public Object {
 public:
  static constexpr Layout kLayout = Layout::GetSet;
  using Get = std::function<Value(Interpreter&, const Value&)>;
  using SetValue = std::function<void(Interpreter&, const Value&, const Value&)>;
  GetSet(Class* cls, std::string name, Get get, SetValue set)
      : Object(cls, kLayout), name(std::move(name)), get(std::move(get)), set(std::move(set)) {}
  const std::string name;
  const Get get;
  const SetValue set;
};

class Property final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Property;
  explicit Property(Class* cls) : Object(cls, kLayout) {}
  void clear() override { get = set = erase = doc = {}; }
  Value get, set, erase, doc;
};

/// staticmethod and classmethod.
template <Layout L>
class Wrapper final : public Object {
 public:
  static constexpr Layout kLayout = L;
  Wrapper(Class* cls, Value function) : Object(cls, L), function(std::move(function)) {}
  void clear() override { function = {}; }
  Value function;
};
using StaticMethod = Wrapper<Layout::StaticMethod>;
using ClassMethod = Wrapper<Layout::ClassMethod>;

class Super final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Super;
  Super(Class* cls, Class* start, Value self, Class* self_class)
      : Object(cls, kLayout), start(start), self(std::move(self)), self_class(self_class) {}
  void clear() override { self = {}; }
  Class* const start;
  Value self;
  Class* const self_class;
};

struct TracePoint {
  Value code;  ///< Code
  std::uint32_t instruction;
};

class ExceptionObject final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Exception;
  ExceptionObject(Class* cls, Values args) : Object(cls, kLayout), args(std::move(args)) {}
  void clear() override;
  Values args;
  Value cause, context;
  bool suppress_context = false;
  std::vector<TracePoint> trace;  ///< innermost first
  Value value;                    ///< of StopIteration and the like
  std::exception_ptr native;
};

/// A name that was imported from a module that is not read yet.
class Lazy final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Lazy;
  Lazy(Class* cls, Value module, Str* name, std::string error = {})
      : Object(cls, kLayout), module(std::move(module)), name(name), error(std::move(error)) {}
  void clear() override { module = {}; }
  Value module;
  Str* const name;
  const std::string error;  ///< why it cannot be used, instead of a module
};

/// A running or waiting piece of code.
struct Frame {
  Frame* back = nullptr;
  Code* code = nullptr;
  Value code_holder;
  Value function;  ///< Function, or Unset for a file or class body
  Dict* globals = nullptr;
  Value globals_holder;
  Value names;   ///< dict of a file or class body
  Values slots;  ///< locals, cells, stack; never grows once it is made
  Value* cells = nullptr;
  Value* stack = nullptr;  ///< its bottom
  Value* top = nullptr;    ///< the next free place
  std::uint32_t instruction = 0;
  Value handled;  ///< the exception that is being handled
  Value pending;  ///< to be raised where the frame goes on
  bool yielded = false;
};

class Generator final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Generator;
  explicit Generator(Class* cls) : Object(cls, kLayout) {}
  void clear() override;
  Frame frame;
  enum class State : std::uint8_t { Fresh, Waiting, Running, Done };
  State state = State::Fresh;
  Value result;  ///< of `return`
};

}  // namespace cupel::python
