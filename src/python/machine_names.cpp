// SPDX-License-Identifier: MIT
// Names of files, class bodies and functions. See machine.hpp.
#include "python/machine.hpp"

namespace cupel::python::machine {

namespace {

/// A lazily imported name becomes what it stands for; `table` remembers.
Value settle(Interpreter& in, const Value& found, Table& table, Str* name) {
  if (!found.is(Layout::Lazy)) return found;
  const Value lazy = found;
  Value value = resolve_lazy(in, lazy);
  const Value* now = table.find(*name);
  if (now != nullptr && now->same(lazy)) table.set(name, value);
  return value;
}

}  // namespace

[[noreturn]] void name_error(Interpreter& in, const Str& name) {
  in.raise("NameError", "name '" + name.str() + "' is not defined");
}

[[noreturn]] void unbound(Interpreter& in, const Str& name, bool free) {
  if (free) {
    in.raise("NameError", "cannot access free variable '" + name.str() +
                              "' where it is not associated with a value in enclosing scope");
  }
  in.raise("UnboundLocalError", "cannot access local variable '" + name.str() +
                                    "' where it is not associated with a value");
}

Value load_global(Interpreter& in, Frame& frame, Str* name) {
  Table& globals = frame.globals->table;
  if (const Value* found = globals.find(*name)) return settle(in, *found, globals, name);
  Table& builtins = in.state().builtins().table;
  if (const Value* found = builtins.find(*name)) return settle(in, *found, builtins, name);
  name_error(in, *name);
}

/// A file's or class body's own names, then globals. A metaclass may have given another mapping
/// than a dict.
bool find_name(Interpreter& in, Frame& frame, Str* name, Value& out) {
  Dict* names = frame.names.as<Dict>();
  if (names != nullptr && !names->cls()->from_script) {
    const Value* found = names->table.find(*name);
    if (found == nullptr) return false;
    out = settle(in, *found, names->table, name);
    return true;
  }
  try {
    out = get_item(in, frame.names, Value(name));
    return true;
  } catch (const Raised& raised) {
    if (!exception_matches(in, raised.exception, Value(in.exception_class("KeyError")))) throw;
    return false;
  }
}

void store_name(Interpreter& in, Frame& frame, Str* name, Value value) {
  Dict* names = frame.names.as<Dict>();
  if (names != nullptr && !names->cls()->from_script) {
    names->table.set(name, std::move(value));
  } else {
    set_item(in, frame.names, Value(name), value);
  }
}

// Names that an imported file could not define, since a module is missing: using them says so.
void poison(Interpreter& in, Frame& frame, const Values& list) {
  Value exception = pop(frame);
  if (!exception_matches(in, exception, Value(types(in).module_not_found))) {
    throw Raised{std::move(exception)};
  }
  const std::string message = in.str_of(exception);
  for (const Value& name : list) {
    auto* interned = static_cast<Str*>(name.object());
    store_name(in, frame, interned, make<Lazy>(types(in).lazy, Value(), interned, message));
  }
}

}  // namespace cupel::python::machine
