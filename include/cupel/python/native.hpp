// SPDX-License-Identifier: MIT
// C++ behind Python names: functions, classes, modules, and objects that carry a C++ value.
//
//   in.add_function(module, "add_column(table_name, column, *, schema=None)", [](Call& call) ->
//   Value {
//     const std::string table = call.text(0);
//     ...
//     return {};                                   // None
//   });
//
// A class is a set of functions whose first parameter is self; operators, attributes, calls,
// iteration and the rest are the methods that Python gives them (__add__, __getattr__, __call__,
// __iter__, ...). Scripts may subclass it.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/python/containers.hpp"

namespace cupel::python {

class Interpreter;

/// Arguments as they come from a call.
struct Arguments {
  const Value* values = nullptr;  ///< positional ones, then the values of the keywords
  std::size_t positional = 0;
  const Value* names = nullptr;  ///< Str, one for each keyword
  std::size_t keywords = 0;
};

/// What a native function gets: its parameters, in the order of its signature, defaults filled in.
class CUPEL_API Call {
 public:
  Call(Interpreter& in, const Arguments& raw, std::span<const Value> bound,
       std::string_view function)
      : in(in), raw_(raw), bound_(bound), function_(function) {}

  Interpreter& in;
  /// Parameter i: self is 0 in a method; *args comes as a tuple and **kwargs as a dict, both behind
  /// the named ones.
  const Value& operator[](std::size_t i) const { return bound_[i]; }
  std::size_t size() const { return bound_.size(); }
  /// Was it passed, or has it a default? A parameter with the default `...` is optional without
  /// one.
  bool has(std::size_t i) const { return bound_[i].is_set(); }
  bool is_none(std::size_t i) const { return !has(i) || bound_[i].is_none(); }

  // Conversions; a wrong type is Python's TypeError naming function and parameter.
  std::string text(std::size_t i) const;
  std::string_view view(std::size_t i) const;
  std::int64_t integer(std::size_t i) const;
  double real(std::size_t i) const;
  bool truth(std::size_t i) const;
  /// Empty for None.
  std::string text_or_empty(std::size_t i) const;
  const Arguments& raw() const { return raw_; }
  std::string_view function() const { return function_; }

 private:
  Arguments raw_;
  std::span<const Value> bound_;
  std::string_view function_;
};

using NativeCode = std::function<Value(Call&)>;

/// The C++ part of an object. Derive from it; the interpreter owns it through the Instance.
class CUPEL_API NativeData {
 public:
  virtual ~NativeData();
};

/// An object of a class that a script or C++ made (unless it extends a built-in like str or list).
class CUPEL_API Instance final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Instance;
  explicit Instance(Class* cls) : Object(cls, kLayout) {}
  void clear() override;
  std::unique_ptr<NativeData> data;
};

/// The C++ part of a value, if it is an instance with a T inside; else null.
template <class T>
T* native(const Value& value) {
  const Instance* instance = value.as<Instance>();
  return instance == nullptr ? nullptr : dynamic_cast<T*>(instance->data.get());
}

/// A function written in C++.
class CUPEL_API NativeFunction final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Native;
  struct Signature;
  NativeFunction(Class* cls, std::string signature, NativeCode code, bool binds);
  ~NativeFunction() override;
  void clear() override;
  std::string_view name() const { return name_; }
  const Signature& signature();
  NativeCode code;
  bool binds;            ///< becomes a method when it is found on a class
  bool builtin = false;  ///< part of the language itself: operators need not call it
  /// Methods take objects of this class only; `takes_class`: the class itself or one below.
  Class* owner = nullptr;
  bool takes_class = false;
  Value doc;

 private:
  std::string text_;
  std::string_view name_;
  std::unique_ptr<Signature> signature_;
};

/// A class, Python's `type`.
class CUPEL_API Class final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Class;
  Class(Class* metaclass, Heap& heap, Str* name, std::vector<Class*> bases, Dict* dict);
  ~Class() override;
  void clear() override;

  std::string_view name() const { return name_->view(); }
  Str* name_str() const { return name_; }
  /// The name in messages; for some of Python's own classes that is "module.name".
  std::string_view title() const { return title_ != nullptr ? title_->view() : name(); }
  void set_title(Str* title) { title_ = title; }
  void set_name(Str* name);
  const std::vector<Class*>& bases() const { return bases_; }
  const std::vector<Class*>& mro() const { return mro_; }
  Dict& dict() const { return *dict_; }
  bool is_subclass_of(const Class& other) const;
  /// Looks along the MRO; null if absent. The pointer is good until a class changes.
  const Value* lookup(Str* name) const;
  /// Sets an attribute of the class itself.
  void set(Str* name, Value value);
  bool erase(Str* name);

  Heap& heap() const { return heap_; }
  Layout instance_layout() const { return instance_layout_; }
  void set_instance_layout(Layout layout) { instance_layout_ = layout; }
  /// Made by a script, so that operators must look for methods.
  bool from_script = false;
  bool abstract = false;
  bool final = false;          ///< cannot be a base
  bool has_attributes = true;  ///< instances take any attribute
  bool frozen_set = false;
  std::vector<Class*> subclasses;

 private:
  friend class Heap;
  explicit Class(Heap& heap);  ///< one of the first, still without a name
  void linearize();
  Heap& heap_;
  Str* name_ = nullptr;
  Str* title_ = nullptr;
  std::vector<Class*> bases_;
  std::vector<Class*> mro_;
  Dict* dict_ = nullptr;
  Value dict_holder_;
  Layout instance_layout_ = Layout::Instance;
};

/// A module: its names are its attributes.
class CUPEL_API Module final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Module;
  Module(Class* cls, Str* name, Dict* dict);
  void clear() override;
  std::string_view name() const { return name_->view(); }
  Dict& dict() const { return *dict_; }

  enum class State : std::uint8_t { Ready, Unread, Running, Missing, Failed };
  State state = State::Ready;
  bool package = false;
  std::string file;                                 ///< empty for native modules
  std::string missing;                              ///< why it cannot be used
  std::function<void(Interpreter&, Module&)> fill;  ///< makes its names at the first use

 private:
  Str* name_;
  Dict* dict_;
  Value dict_holder_;
};

}  // namespace cupel::python
