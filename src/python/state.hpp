// SPDX-License-Identifier: MIT
// What an interpreter is made of: its heap, its built-in classes and names, and where it stands.
#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "cupel/python/ast.hpp"
#include "cupel/python/interpreter.hpp"
#include "python/heap.hpp"

namespace cupel::python {

// clang-format off
// NOLINTBEGIN(cppcoreguidelines-macro-usage): one list of names, used for members and for their
// setup
#define CUPEL_PYTHON_NAMES(X)                                                                      \
  X(abs, "__abs__") X(add, "__add__") X(all, "__all__") X(annotations, "__annotations__")          \
  X(and_, "__and__") X(args, "args") X(await, "__await__") X(bases, "__bases__")                   \
  X(bool_, "__bool__") X(bytes, "__bytes__") X(call, "__call__") X(class_, "__class__")            \
  X(class_getitem, "__class_getitem__") X(contains, "__contains__") X(delattr, "__delattr__")      \
  X(delete_, "__delete__") X(delitem, "__delitem__") X(dict, "__dict__") X(doc, "__doc__")         \
  X(enter, "__enter__") X(aenter, "__aenter__") X(eq, "__eq__") X(exit, "__exit__")                \
  X(aexit, "__aexit__") X(file, "__file__") X(float_, "__float__") X(floordiv, "__floordiv__")     \
  X(format, "__format__") X(ge, "__ge__") X(get, "__get__") X(getattr, "__getattr__")              \
  X(getattribute, "__getattribute__") X(getitem, "__getitem__") X(gt, "__gt__")                    \
  X(hash, "__hash__") X(iadd, "__iadd__") X(iand, "__iand__") X(ifloordiv, "__ifloordiv__")        \
  X(ilshift, "__ilshift__") X(imatmul, "__imatmul__") X(imod, "__imod__") X(imul, "__imul__")      \
  X(index, "__index__") X(init, "__init__") X(init_subclass, "__init_subclass__")                  \
  X(instancecheck, "__instancecheck__") X(int_, "__int__") X(invert, "__invert__")                 \
  X(ior, "__ior__") X(ipow, "__ipow__") X(irshift, "__irshift__") X(isub, "__isub__")              \
  X(iter, "__iter__") X(aiter, "__aiter__") X(anext, "__anext__") X(itruediv, "__itruediv__")      \
  X(ixor, "__ixor__") X(le, "__le__") X(len, "__len__") X(lshift, "__lshift__") X(lt, "__lt__")    \
  X(main, "__main__") X(match_args, "__match_args__") X(matmul, "__matmul__")                      \
  X(missing, "__missing__") X(mod, "__mod__") X(module, "__module__") X(mro, "__mro__")            \
  X(mro_entries, "__mro_entries__") X(mul, "__mul__") X(name, "__name__") X(ne, "__ne__")          \
  X(neg, "__neg__") X(new_, "__new__") X(next, "__next__") X(notes, "__notes__")                   \
  X(or_, "__or__") X(package, "__package__") X(path, "__path__") X(pos, "__pos__")                 \
  X(pow, "__pow__") X(prepare, "__prepare__") X(qualname, "__qualname__") X(radd, "__radd__")      \
  X(rand_, "__" "rand_" "_") X(repr, "__repr__") X(reversed, "__reversed__")                       \
  X(rfloordiv, "__rfloordiv__") X(rlshift, "__rlshift__") X(rmatmul, "__rmatmul__")                \
  X(rmod, "__rmod__") X(rmul, "__" "rmul_" "_") X(ror, "__" "ror_" "_")                            \
  X(round, "__" "round_" "_") X(rpow, "__rpow__") X(rrshift, "__rrshift__")                        \
  X(rshift, "__" "rshi" "ft_" "_") X(rsub, "__rsub__") X(rtruediv, "__rtruediv__")                 \
  X(rxor, "__rxor__") X(set, "__set__") X(set_name, "__set_name__") X(setattr, "__setattr__")      \
  X(setitem, "__setitem__") X(slots, "__slots__") X(str, "__str__") X(sub, "__sub__")              \
  X(subclasscheck, "__subclasscheck__") X(truediv, "__truediv__") X(xor_, "__xor__")               \
  X(wrapped, "__wrapped__") X(ceil, "__ceil__") X(floor, "__floor__") X(trunc, "__trunc__")        \
  X(classcell, "__classcell__") X(class_cell_name, "__class__") X(send, "send") X(throw_, "throw") X(close, "close")               \
  X(keys, "keys") X(metaclass, "metaclass") X(copy, "__copy__") X(deepcopy, "__deepcopy__")        \
  X(fspath, "__fspath__") X(objclass, "__objclass__") X(self, "self")

#define CUPEL_PYTHON_TYPES(X)                                                                      \
  X(object, "object") X(type, "type") X(none, "NoneType")                                          \
  X(not_implemented, "NotImplementedType") X(ellipsis, "ellipsis") X(int_, "int")                  \
  X(bool_, "bool") X(float_, "float") X(str, "str") X(bytes, "bytes") X(bytearray, "bytearray")    \
  X(list, "list") X(tuple, "tuple") X(dict, "dict") X(set, "set") X(frozenset, "frozenset")        \
  X(range, "range") X(slice, "slice") X(iterator, "iterator") X(dict_keys, "dict_keys")            \
  X(dict_values, "dict_values") X(dict_items, "dict_items") X(cell, "cell") X(code, "code")        \
  X(function, "function") X(native, "builtin_function_or_method") X(method, "method")              \
  X(getset, "getset_descriptor") X(property, "property") X(staticmethod, "staticmethod")           \
  X(classmethod, "classmethod") X(super, "super") X(module, "module") X(generator, "generator")    \
  X(lazy, "lazy_import") X(enumerate, "enumerate") X(zip, "zip") X(map, "map")                     \
  X(filter, "filter") X(reversed, "reversed") X(mapping_proxy, "mappingproxy")                     \
  X(union_, "UnionType") X(generic_alias, "GenericAlias") X(simple_namespace, "SimpleNamespace")   \
  X(traceback, "traceback")
// NOLINTEND(cppcoreguidelines-macro-usage)
// clang-format on

struct Names {
#define CUPEL_PYTHON_NAME(member, text) Str* member = nullptr;
  CUPEL_PYTHON_NAMES(CUPEL_PYTHON_NAME)
#undef CUPEL_PYTHON_NAME
};

struct Types {
#define CUPEL_PYTHON_TYPE(member, text) Class* member = nullptr;
  CUPEL_PYTHON_TYPES(CUPEL_PYTHON_TYPE)
#undef CUPEL_PYTHON_TYPE
  // Exceptions that the machine itself raises or catches.
  Class* base_exception = nullptr;
  Class* exception = nullptr;
  Class* stop_iteration = nullptr;
  Class* generator_exit = nullptr;
  Class* attribute_error = nullptr;
  Class* import_error = nullptr;
  Class* module_not_found = nullptr;
  Class* native_error = nullptr;
};

struct Interpreter::State {
  explicit State(Interpreter& in, Settings given);

  Settings settings;
  Heap heap;
  Names names;
  Types types;
  std::unordered_map<std::string_view, Class*> exceptions;
  Value builtins_dict;
  Value builtins_module;
  Value modules;  ///< sys.modules: dict
  Value path;     ///< sys.path: list
  std::map<std::string, Value, std::less<>> missing_modules;
  Value default_setattr, default_delattr, default_init, default_new;
  Value empty_tuple;
  Value empty_str;
  Values one_char;  ///< the 128 ASCII strings

  // Classes of modules that C++ itself makes objects of; null until the module is read.
  Class *date = nullptr, *time = nullptr, *datetime = nullptr, *timedelta = nullptr,
        *tzinfo = nullptr, *timezone = nullptr, *decimal = nullptr, *uuid = nullptr,
        *match = nullptr, *pattern = nullptr;
  Value utc;

  Frame* frame = nullptr;
  std::size_t depth = 0;
  std::uint64_t steps_left = 0;
  std::uintptr_t stack_limit = 0;
  std::uintptr_t stack_top = 0;
  bool entered = false;
  std::uint64_t id_counter = 0;
  std::uint64_t random = 0;
  std::unordered_map<const Object*, int> printing;  ///< containers whose repr is being made

  Dict& builtins() const { return *builtins_dict.as<Dict>(); }
};

// --- the parts of the interpreter, by file
// --------------------------------------------------------

using Kwargs = std::vector<std::pair<Str*, Value>>;

/// Makes an object and counts it.
template <class T, class... Args>
Value make(Args&&... args) {
  return Value(static_cast<Object*>(new T(std::forward<Args>(args)...)));
}

inline Names& names(Interpreter& in) { return in.state().names; }
inline Types& types(Interpreter& in) { return in.state().types; }

/// The C++ part of an object is not there: its __new__ or __init__ was passed by.
struct NotInitialized : std::exception {
  const char* what() const noexcept override { return "the object was never initialized"; }
};

template <class T>
T& native_part(const Value& value) {
  T* data = native<T>(value);
  if (data == nullptr) throw NotInitialized();
  return *data;
}

// objects.cpp
Value make_str(Interpreter& in, Text text);
Value make_str(Interpreter& in, std::string_view text);
inline Value make_str(Interpreter& in, const char* text) {
  return make_str(in, std::string_view(text));
}
inline Value make_str(Interpreter& in, const std::string& text) {
  return make_str(in, std::string_view(text));
}
Value make_int(Interpreter& in, BigInt value);
Value make_tuple(Interpreter& in, Values items);
Value make_list(Interpreter& in, Values items);
Value make_dict(Interpreter& in);
Value make_bytes(Interpreter& in, std::string_view data);
/// The character of a code point.
Value make_char(Interpreter& in, char32_t point);
/// Any integer value; call only if is_integer.
BigInt to_big(const Value& value);
/// For an argument that must be an index: 64 bits, or TypeError/OverflowError.
std::int64_t to_index(Interpreter& in, const Value& value, std::string_view what = "object");
/// The same; a number out of range becomes the nearest one.
std::int64_t to_index_clamped(Interpreter& in, const Value& value);

// errors.cpp
[[noreturn]] void raise_value(Interpreter& in, Value exception);
[[noreturn]] void type_error(Interpreter& in, std::string_view message);
[[noreturn]] void value_error(Interpreter& in, std::string_view message);
[[noreturn]] void key_error(Interpreter& in, const Value& key);
[[noreturn]] void attribute_error(Interpreter& in, const Value& object, Str* name);
Value make_exception(Interpreter& in, Class& cls, Values args);
Value make_exception(Interpreter& in, Class& cls, std::string_view message);
bool exception_matches(Interpreter& in, const Value& exception, const Value& type);
/// The exception that is being handled by C++ code right now, as a Python value (in a catch block).
Value current_exception(Interpreter& in);
std::string format_exception(Interpreter& in, const Value& exception);
std::vector<TraceLine> trace_of(Interpreter& in, const Value& exception);
TraceLine trace_line(Code& code, std::uint32_t instruction);

// attributes.cpp
bool find_attr(Interpreter& in, const Value& object, Str* name, Value& out);
Value get_attr(Interpreter& in, const Value& object, Str* name);
void set_attr(Interpreter& in, const Value& object, Str* name, const Value& value);
void del_attr(Interpreter& in, const Value& object, Str* name);
/// What object.__setattr__ and object.__delattr__ do.
Value plain_get_attr(Interpreter& in, const Value& object, Str* name);
void plain_set_attr(Interpreter& in, const Value& object, Str* name, const Value& value);
void plain_del_attr(Interpreter& in, const Value& object, Str* name);
/// A method of the class, not of the instance; null if there is none. No binding is done.
const Value* lookup_special(Interpreter& in, const Value& object, Str* name);
/// Like it, but only if a script or embedder gave it; built-in classes are answered by C++
/// directly.
const Value* lookup_override(Interpreter& in, const Value& object, Str* name);
/// Binds what was found on a class to an object.
Value bind(Interpreter& in, const Value& found, const Value& self, Class* owner);
/// Calls a special method with self in front.
Value call_special(Interpreter& in, const Value& method, const Value& self,
                   std::initializer_list<Value> args = {});
Value resolve_lazy(Interpreter& in, const Value& value);
/// A plain method that may be called with `object` in front, without making a bound one.
bool find_method(Interpreter& in, const Value& object, Str* name, Value& out);
/// Is the value's class made by a script (or embedder), so that special methods must be asked?
inline bool class_of_script(const Value& value) {
  return value.is_object() && value.object()->cls()->from_script;
}
Class& checked_class(Interpreter& in, const Value& value, const char* what);

// calls.cpp
Value call(Interpreter& in, const Value& function, const Arguments& arguments);
Value call(Interpreter& in, const Value& function, std::initializer_list<Value> positional);
Value call_with(Interpreter& in, const Value& function, std::span<const Value> positional,
                const Kwargs& keywords);
/// natives.cpp
Value call_native(Interpreter& in, NativeFunction& function, const Value* self,
                  const Arguments& arguments);
Value call_with_self(Interpreter& in, const Value& function, const Value& self,
                     const Arguments& arguments);
void bind_arguments(Interpreter& in, const Parameters& parameters, std::string_view function,
                    std::span<const Value> defaults, std::span<const Value> keyword_defaults,
                    const Value* self, const Arguments& arguments, Value* slots);
bool is_callable(Interpreter& in, const Value& value);

// classes.cpp
Value build_class(Interpreter& in, const Value& body, std::string_view name,
                  std::span<const Value> bases, const Kwargs& keywords);
Value type_new(Interpreter& in, Class& metaclass, Str* name, const Values& bases, Dict& names,
               const Kwargs& keywords);
Value call_class(Interpreter& in, Class& cls, const Arguments& arguments);
/// What type.__call__ does.
Value make_instance(Interpreter& in, Class& cls, const Arguments& arguments);
Value call_special_with(Interpreter& in, const Value& method, const Value& self,
                        const Arguments& arguments);
Value new_object(Interpreter& in, Class& cls);
bool is_instance(Interpreter& in, const Value& object, const Value& type);
bool is_subclass(Interpreter& in, const Value& cls, const Value& type);
bool is_type_like(const Value& value);

// machine.cpp
Value run(Interpreter& in, Frame& frame);
void prepare_frame(Interpreter& in, Frame& frame, Code& code, Dict& globals);
Value run_code(Interpreter& in, Code& code, Dict& globals, Dict& names);
Value run_class_body(Interpreter& in, Function& body, const Value& own_names);
Value call_function(Interpreter& in, Function& function, const Value* self,
                    const Arguments& arguments);

// generators.cpp
/// False at the end; `sent` is what `yield` gives.
bool resume(Interpreter& in, Generator& generator, const Value& sent, Value& out);
bool throw_into(Interpreter& in, Generator& generator, const Value& exception, Value& out);
void close(Interpreter& in, Generator& generator);

// source.cpp
/// `tolerant`: a top-level statement that needs a missing module leaves names behind that say so
/// when used.
Value compile(Interpreter& in, std::unique_ptr<ast::Tree> tree, bool expression = false,
              bool tolerant = false);

/// Gives a function its instructions, before its first call.
void compile_later(Interpreter& in, Code& code);

// iteration.cpp
Value get_iter(Interpreter& in, const Value& object);
/// Unset if the object is of no built-in kind that can be walked over.
Value builtin_iter(Interpreter& in, const Value& object);
Value get_async_iter(Interpreter& in, const Value& object);
bool is_iterable(Interpreter& in, const Value& object);
bool has_keys(Interpreter& in, const Value& object);
bool iter_next(Interpreter& in, const Value& iterator, Value& out);
/// Calls `f(const Value&)` for each item; stops when it returns false.
template <class F>
void for_each(Interpreter& in, const Value& iterable, F&& f) {
  const Value iterator = get_iter(in, iterable);
  Value item;
  while (iter_next(in, iterator, item)) {
    in.tick();
    if (!f(item)) break;
  }
}
Value list_iterator(Interpreter& in, Value sequence);
Value reversed_iterator(Interpreter& in, const Value& object);
Value dict_iterator(Interpreter& in, const Value& dict, ViewKind kind, bool reversed = false);
Value values_iterator(Interpreter& in, Values items);

// type_iterator.cpp, builtins.cpp
Value call_iterator(Interpreter& in, const Value& function, const Value& sentinel);
Value local_names(Interpreter& in);

// type_alias.cpp
/// list[int] and its like.
Value make_alias(Interpreter& in, const Value& origin, const Value& args);

// type_sequence.cpp
void sort_values(Interpreter& in, Values& items, const Value& key, bool reverse);

// operators.cpp
Value binary(Interpreter& in, ast::BinaryOp op, const Value& a, const Value& b,
             bool inplace = false);
Value builtin_binary(Interpreter& in, ast::BinaryOp op, const Value& a, const Value& b);
Value unary(Interpreter& in, ast::UnaryOp op, const Value& a);
Value compare(Interpreter& in, ast::CompareOp op, const Value& a, const Value& b);
/// Of built-in kinds only, no special methods; NotImplemented if they are not comparable.
Value builtin_compare(Interpreter& in, ast::CompareOp op, const Value& a, const Value& b);
bool contains(Interpreter& in, const Value& container, const Value& item);
bool builtin_contains(Interpreter& in, const Value& container, const Value& item);
std::uint64_t hash_of(Interpreter& in, const Value& value);
std::uint64_t builtin_hash(Interpreter& in, const Value& value);
std::uint64_t hash_double(double value);
Value power(Interpreter& in, const Value& a, const Value& b, const Value& modulus);

// items.cpp
Value get_item(Interpreter& in, const Value& object, const Value& key);
void set_item(Interpreter& in, const Value& object, const Value& key, const Value& value);
void del_item(Interpreter& in, const Value& object, const Value& key);
Value builtin_get_item(Interpreter& in, const Value& object, const Value& key);
void builtin_set_item(Interpreter& in, const Value& object, const Value& key, const Value& value);
void builtin_del_item(Interpreter& in, const Value& object, const Value& key);
std::int64_t length_of(Interpreter& in, const Value& object);
std::int64_t builtin_length(Interpreter& in, const Value& object);
struct SliceRange {
  std::int64_t start, stop, step, count;
};
SliceRange slice_range(Interpreter& in, const SliceObject& slice, std::int64_t length);
void extend_list(Interpreter& in, List& list, const Value& iterable);
void update_dict(Interpreter& in, Dict& dict, const Value& other);
void update_set(Interpreter& in, Set& set, const Value& iterable);

// text.cpp
Text to_str(Interpreter& in, const Value& value);
Text to_repr(Interpreter& in, const Value& value);
Text builtin_repr(Interpreter& in, const Value& value);
Text builtin_str(Interpreter& in, const Value& value);
Text repr_text(std::string_view text, bool ascii_only = false);
Text repr_bytes(std::string_view data);
std::string repr_double(double value);
Text to_ascii(std::string_view repr);

// format.cpp
Text format_value(Interpreter& in, const Value& value, std::string_view spec);
Text builtin_format(Interpreter& in, const Value& value, std::string_view spec);
Text percent_format(Interpreter& in, std::string_view format, const Value& args,
                    bool bytes = false);
Text brace_format(Interpreter& in, std::string_view format, const Arguments& args);
std::string format_double(double value, char type, int precision, bool alternate);

// type_str_tests.cpp
Value encode(Interpreter& in, std::string_view text, std::string_view encoding,
             std::string_view errors);
Value decode(Interpreter& in, std::string_view data, std::string_view encoding,
             std::string_view errors);

// type_exception.cpp
/// What `args` of an exception gives.
Values shown_args(Interpreter& in, const ExceptionObject& exception);

// imports.cpp
Value import_module(Interpreter& in, const std::string& name, bool eager);
Value import_name(Interpreter& in, std::string_view name, std::uint32_t level, Dict& globals,
                  bool eager, bool top);
Value import_from(Interpreter& in, const Value& module, Str* name, bool eager);
void import_star(Interpreter& in, const Value& module, Dict& names);
void load_module(Interpreter& in, Module& module);
Value run_file(Interpreter& in, std::string text, const std::string& path, Module& module,
               bool tolerant);
Value new_module(Interpreter& in, std::string_view name);
std::string allowed_path(Interpreter& in, const std::string& path);

}  // namespace cupel::python
