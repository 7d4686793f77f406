// SPDX-License-Identifier: MIT
// Calling anything that can be called, and matching arguments with parameters.
#include "python/state.hpp"

namespace cupel::python {

// --- arguments to parameters ------------------------------------------------------------------

namespace {

std::string list_of_names(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ";
    out += "'" + names[i] + "'";
  }
  return out;
}

[[noreturn]] void too_many(Interpreter& in, const Parameters& parameters, std::string_view function,
                           std::size_t defaults, std::size_t given) {
  const std::size_t most = parameters.positional;
  std::string takes =
      defaults > 0 ? "from " + std::to_string(most - defaults) + " to " + std::to_string(most)
                   : std::to_string(most);
  type_error(in, std::string(function) + "() takes " + takes + " positional argument" +
                     (most == 1 && defaults == 0 ? "" : "s") + " but " + std::to_string(given) +
                     (given == 1 ? " was given" : " were given"));
}

[[noreturn]] void missing(Interpreter& in, std::string_view function, std::string_view kind,
                          const std::vector<std::string>& names) {
  type_error(in, std::string(function) + "() missing " + std::to_string(names.size()) +
                     " required " + std::string(kind) + " argument" +
                     (names.size() == 1 ? "" : "s") + ": " + list_of_names(names));
}

std::ptrdiff_t find_parameter(const Parameters& parameters, const Str& name) {
  const std::size_t end = parameters.positional + parameters.keyword_only;
  for (std::size_t i = parameters.positional_only; i < end; ++i) {
    if (parameters.names[i].object() == &name) return static_cast<std::ptrdiff_t>(i);
  }
  if (name.interned()) return -1;
  for (std::size_t i = parameters.positional_only; i < end; ++i) {
    if (static_cast<const Str*>(parameters.names[i].object())->view() == name.view()) {
      return static_cast<std::ptrdiff_t>(i);
    }
  }
  return -1;
}

void bind_keywords(Interpreter& in, const Parameters& parameters, std::string_view function,
                   const Arguments& arguments, Value* slots) {
  for (std::size_t i = 0; i < arguments.keywords; ++i) {
    auto* name = static_cast<Str*>(arguments.names[i].object());
    const Value& value = arguments.values[arguments.positional + i];
    const std::ptrdiff_t found = find_parameter(parameters, *name);
    if (found >= 0) {
      if (slots[found].is_set()) {
        type_error(in, std::string(function) + "() got multiple values for argument '" +
                           name->str() + "'");
      }
      slots[found] = value;
    } else if (parameters.kwargs) {
      slots[parameters.kwargs_slot()].as<Dict>()->table.set(name, value);
    } else {
      for (std::size_t k = 0; k < parameters.positional_only; ++k) {
        if (static_cast<const Str*>(parameters.names[k].object())->view() == name->view()) {
          type_error(in,
                     std::string(function) +
                         "() got some positional-only arguments passed as keyword arguments: '" +
                         name->str() + "'");
        }
      }
      type_error(in, std::string(function) + "() got an unexpected keyword argument '" +
                         name->str() + "'");
    }
  }
}

void bind_defaults(Interpreter& in, const Parameters& parameters, std::string_view function,
                   std::span<const Value> defaults, std::span<const Value> keyword_defaults,
                   Value* slots) {
  const std::size_t first_default = parameters.positional - defaults.size();
  std::vector<std::string> absent;
  const auto name_of = [&](std::size_t i) {
    return static_cast<const Str*>(parameters.names[i].object())->str();
  };
  for (std::size_t i = 0; i < parameters.positional; ++i) {
    if (slots[i].is_set()) continue;
    if (i >= first_default) {
      slots[i] = defaults[i - first_default];
    } else {
      absent.push_back(name_of(i));
    }
  }
  if (!absent.empty()) missing(in, function, "positional", absent);
  for (std::size_t k = 0; k < parameters.keyword_only; ++k) {
    Value& slot = slots[parameters.positional + k];
    if (slot.is_set()) continue;
    if (k < keyword_defaults.size() && keyword_defaults[k].is_set()) {
      slot = keyword_defaults[k];
    } else {
      absent.push_back(name_of(parameters.positional + k));
    }
  }
  if (!absent.empty()) missing(in, function, "keyword-only", absent);
}

}  // namespace

void bind_arguments(Interpreter& in, const Parameters& parameters, std::string_view function,
                    std::span<const Value> defaults, std::span<const Value> keyword_defaults,
                    const Value* self, const Arguments& arguments, Value* slots) {
  const std::size_t offset = self != nullptr ? 1 : 0;
  const std::size_t given = arguments.positional + offset;
  const auto argument = [&](std::size_t i) -> const Value& {
    return i < offset ? *self : arguments.values[i - offset];
  };
  const std::size_t plain = std::min<std::size_t>(given, parameters.positional);
  for (std::size_t i = 0; i < plain; ++i) slots[i] = argument(i);
  if (parameters.args) {
    Values rest;
    for (std::size_t i = plain; i < given; ++i) rest.push_back(argument(i));
    slots[parameters.args_slot()] = make_tuple(in, std::move(rest));
  } else if (given > parameters.positional) {
    too_many(in, parameters, function, defaults.size(), given);
  }
  if (parameters.kwargs) slots[parameters.kwargs_slot()] = make_dict(in);
  if (arguments.keywords > 0) bind_keywords(in, parameters, function, arguments, slots);
  if (plain < parameters.positional || parameters.keyword_only > 0) {
    bind_defaults(in, parameters, function, defaults, keyword_defaults, slots);
  }
}

// --- calling ----------------------------------------------------------------------------------

Value call(Interpreter& in, const Value& function, const Arguments& arguments) {
  if (!function.is_object()) {
    type_error(in, "'" + std::string(in.type_name(function)) + "' object is not callable");
  }
  switch (function.object()->layout()) {
    case Layout::Function: {
      const Value keep = function;
      return call_function(in, *keep.as<Function>(), nullptr, arguments);
    }
    case Layout::Native:
      return call_native(in, *function.as<NativeFunction>(), nullptr, arguments);
    case Layout::Method: {
      const Value keep = function;
      const Method& method = *keep.as<Method>();
      return call_with_self(in, method.function, method.self, arguments);
    }
    case Layout::Class:
      return call_class(in, *function.as<Class>(), arguments);
    case Layout::StaticMethod: {
      const Value inner = function.as<StaticMethod>()->function;
      return call(in, inner, arguments);
    }
    case Layout::Lazy:
      return call(in, resolve_lazy(in, function), arguments);
    default:
      break;
  }
  const Value* found = lookup_special(in, function, names(in).call);
  if (found == nullptr)
    type_error(in, "'" + std::string(in.type_name(function)) + "' object is not callable");
  const Value method = *found;
  const Value self = function;
  return call_with_self(in, method, self, arguments);
}

Value call(Interpreter& in, const Value& function, std::initializer_list<Value> positional) {
  return call(in, function, Arguments{positional.begin(), positional.size(), nullptr, 0});
}

Value call_with_self(Interpreter& in, const Value& function, const Value& self,
                     const Arguments& arguments) {
  if (function.is(Layout::Function)) {
    const Value keep = function;
    return call_function(in, *keep.as<Function>(), &self, arguments);
  }
  if (function.is(Layout::Native))
    return call_native(in, *function.as<NativeFunction>(), &self, arguments);
  in.check_stack();
  Values values;
  values.reserve(arguments.positional + arguments.keywords + 1);
  values.push_back(self);
  values.insert(values.end(), arguments.values,
                arguments.values + arguments.positional + arguments.keywords);
  return call(
      in, function,
      Arguments{values.data(), arguments.positional + 1, arguments.names, arguments.keywords});
}

Value call_with(Interpreter& in, const Value& function, std::span<const Value> positional,
                const Kwargs& keywords) {
  Values values(positional.begin(), positional.end());
  Values keys;
  for (const auto& [name, value] : keywords) {
    keys.push_back(Value(static_cast<Object*>(name)));
    values.push_back(value);
  }
  return call(in, function, Arguments{values.data(), positional.size(), keys.data(), keys.size()});
}

bool is_callable(Interpreter& in, const Value& value) {
  if (!value.is_object()) return false;
  switch (value.object()->layout()) {
    case Layout::Function:
    case Layout::Native:
    case Layout::Method:
    case Layout::Class:
    case Layout::StaticMethod:
      return true;
    case Layout::Lazy:
      return is_callable(in, resolve_lazy(in, value));
    default:
      return lookup_special(in, value, names(in).call) != nullptr;
  }
}

// --- the public face --------------------------------------------------------------------------

Value Interpreter::call(const Value& function, const Arguments& arguments) {
  return guarded([&] { return python::call(*this, function, arguments); });
}

Value Interpreter::call(const Value& function, std::span<const Value> positional,
                        std::span<const std::pair<std::string_view, Value>> keywords) {
  Kwargs list;
  for (const auto& [name, value] : keywords) list.emplace_back(intern(name), value);
  return guarded([&] { return call_with(*this, function, positional, list); });
}

Value Interpreter::call_method(const Value& object, std::string_view name,
                               std::span<const Value> positional,
                               std::span<const std::pair<std::string_view, Value>> keywords) {
  return call(attribute(object, name), positional, keywords);
}

}  // namespace cupel::python
