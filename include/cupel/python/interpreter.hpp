// SPDX-License-Identifier: MIT
// Runs Python files: the small interpreter for migration scripts and model files. It reads files
// only below a root, opens no socket, starts no process, and stops at the limits of its Settings.
//
//   python::Interpreter in({.files = &files, .root = "migrations"});
//   Value module = in.load("migrations/versions/1a2b_add_phone.py");
//   in.call(in.attribute(module, "upgrade"));
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cupel/base/clock.hpp"
#include "cupel/base/files.hpp"
#include "cupel/base/log.hpp"
#include "cupel/python/error.hpp"
#include "cupel/python/native.hpp"

namespace cupel::python {

struct Settings {
  const Files* files = nullptr;  ///< none: no file can be read or imported
  std::string root;  ///< scripts read and import only below it and `path`; empty: anywhere
  std::vector<std::string> path;                   ///< sys.path
  std::map<std::string, std::string> environment;  ///< os.environ
  std::vector<std::string> arguments;              ///< sys.argv
  Log log;                                         ///< logging and warnings
  Clock clock = system_clock();
  std::function<void(std::string_view)>
      print;  ///< sys.stdout and sys.stderr; nothing is said without
  /// Asked for a module that is nowhere, with its dotted name; Unset if it does not know it either.
  std::function<Value(Interpreter&, const std::string&)> find_module;

  std::uint64_t max_steps = 150'000'000;  ///< instructions; an endless loop ends here
  std::size_t max_memory = std::size_t{1} << 30;
  std::size_t max_depth = 1000;                  ///< calls in calls
  std::size_t max_stack = std::size_t{4} << 20;  ///< bytes of C++ stack
};

/// Thrown through C++ while a Python exception looks for its handler. Native code may catch it, and
/// must not keep it; `raise` and its like throw it.
struct Raised {
  Value exception;
};

class CUPEL_API Interpreter {
 public:
  explicit Interpreter(Settings settings);
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  // --- running ------------------------------------------------------------------------------
  // These throw ScriptError when called from outside of any script, and let Raised pass when
  // called by native code.

  /// Runs a file as a module of its own (not in sys.modules); `__name__` is its name without ".py"
  /// if none is given.
  Value load(const std::string& path);
  /// The same with the text at hand.
  Value load(std::string text, const std::string& path, std::string_view name = {});
  /// `import name`, dotted; the module itself, not its first part.
  Value import(std::string_view name);
  Value call(const Value& function, std::span<const Value> positional = {},
             std::span<const std::pair<std::string_view, Value>> keywords = {});
  Value call_method(const Value& object, std::string_view name,
                    std::span<const Value> positional = {},
                    std::span<const std::pair<std::string_view, Value>> keywords = {});
  Value call(const Value& function, const Arguments& arguments);
  /// The value of one expression, with `names` as its globals.
  Value evaluate(std::string_view expression, Dict& names, const std::string& file = "<string>");
  /// Runs `work` so that a Raised leaves as ScriptError, as the functions above do by themselves.
  template <class F>
  decltype(auto) guarded(F&& work) {
    const Entry entry(*this);
    try {
      return work();
    } catch (...) {
      entry.rethrow();
    }
  }

  // --- making values -------------------------------------------------------------------------

  Value str(std::string_view text);
  Value bytes(std::string_view data);
  Value list(std::vector<Value> items = {});
  Value tuple(std::vector<Value> items = {});
  Value dict();
  Value set(bool frozen = false);
  /// A Str that compares by address, for names; lives as long as the interpreter.
  Str* intern(std::string_view text);
  /// An integer from its decimal digits, of any size.
  Value integer(std::string_view digits);

  // --- asking values -------------------------------------------------------------------------

  /// Any integer, bool and subclasses included.
  bool is_integer(const Value& value) const;
  bool is_str(const Value& value) const { return value.is(Layout::Str); }
  /// The integer if it fits into 64 bits.
  std::optional<std::int64_t> to_int64(const Value& value) const;
  /// Any integer or float.
  std::optional<double> to_double(const Value& value) const;
  std::string_view view(const Value& value) const;  ///< of a Str or Bytes; empty otherwise
  std::string str_of(const Value& value);           ///< str(value)
  std::string repr_of(const Value& value);          ///< repr(value)
  bool truth(const Value& value);
  bool equal(const Value& a, const Value& b);
  /// Less than; TypeError if they have no order.
  bool less(const Value& a, const Value& b);
  std::uint64_t hash(const Value& value);
  /// All items of an iterable, at once.
  Values items_of(const Value& iterable);
  std::size_t length(const Value& value);
  Class* class_of(const Value& value) const;
  std::string_view type_name(const Value& value) const { return class_of(value)->title(); }
  bool is_instance(const Value& value, const Class& cls) const {
    return class_of(value)->is_subclass_of(cls);
  }
  bool is_callable(const Value& value);

  Value attribute(const Value& object, std::string_view name);
  /// Unset instead of an AttributeError.
  Value find_attribute(const Value& object, std::string_view name);
  void set_attribute(const Value& object, std::string_view name, const Value& value);
  Value item(const Value& object, const Value& key);
  void set_item(const Value& object, const Value& key, const Value& value);

  // --- exceptions ----------------------------------------------------------------------------

  /// By name, "ValueError"; `cls` may be any exception class.
  [[noreturn]] void raise(std::string_view cls, std::string_view message);
  [[noreturn]] void raise(Class& cls, std::string_view message);
  /// Carries the C++ error, which leaves again unchanged inside the ScriptError if no script
  /// catches it.
  [[noreturn]] void raise(Class& cls, std::string_view message, std::exception_ptr native);
  /// As text, `NameError: name 'x' is not defined`.
  std::string describe(const Value& exception);
  /// An exception class of Python's own; null if there is none of this name.
  Class* exception_class(std::string_view name) const;
  /// The C++ error inside an exception, or null.
  std::exception_ptr native_error(const Value& exception) const;

  // --- native modules, classes, functions ----------------------------------------------------

  /// Found by `import name`; parents of a dotted name are made if they are not there. `fill` runs
  /// at the first use.
  Module& add_module(std::string_view name, std::function<void(Interpreter&, Module&)> fill = {});
  /// A module written in Python, run at its first use.
  void add_source_module(std::string_view name, std::string_view text);
  void add(Module& module, std::string_view name, Value value);
  Value add_function(Module& module, std::string_view signature, NativeCode code);
  Value function(std::string_view signature, NativeCode code);
  /// A class; without bases it extends object. `module` is its __module__.
  Class& add_class(Module& module, std::string_view name, std::vector<Class*> bases = {});
  Class& make_class(std::string_view name, std::vector<Class*> bases, std::string_view module);
  /// A class as a script would make it: with its metaclass's hooks.
  Value make_class(const Value& metaclass, std::string_view name, std::vector<Value> bases,
                   Dict& names);
  /// The first parameter of the signature is self.
  void add_method(Class& cls, std::string_view signature, NativeCode code);
  void add_class_method(Class& cls, std::string_view signature, NativeCode code);
  void add_static_method(Class& cls, std::string_view signature, NativeCode code);
  /// A computed attribute; without a setter it is read-only.
  void add_property(
      Class& cls, std::string_view name, std::function<Value(Interpreter&, const Value& self)> get,
      std::function<void(Interpreter&, const Value& self, const Value& value)> set = {});
  /// An object of `cls`, without calling __init__.
  Value instance(Class& cls, std::unique_ptr<NativeData> data = nullptr);
  /// What `class Foo` in a script would see: the class object of a built-in name ("object", "str",
  /// "Exception").
  Class& builtin_class(std::string_view name) const;
  Module& builtins();

  // --- dates, numbers: see types.hpp ---------------------------------------------------------

  // --- the run -------------------------------------------------------------------------------

  const Settings& settings() const;
  /// Counts `steps` of work in a native function; throws when the limit is reached.
  void tick(std::uint64_t steps = 1);
  /// Throws RecursionError when the C++ stack is nearly used up.
  void check_stack();
  /// Where the running script is, innermost frame first; empty outside of scripts.
  std::vector<TraceLine> stack() const;

  struct State;
  State& state() { return *state_; }
  const State& state() const { return *state_; }

 private:
  /// Marks the way in from C++.
  class CUPEL_API Entry {
   public:
    explicit Entry(Interpreter& in);
    ~Entry();
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    [[noreturn]] void rethrow() const;

   private:
    Interpreter& in_;
    bool outermost_;
  };
  std::unique_ptr<State> state_;
};

}  // namespace cupel::python
