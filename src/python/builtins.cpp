// SPDX-License-Identifier: MIT
// The built-in functions.
#include <cmath>

#include "cupel/python/parse.hpp"
#include "python/numbers.hpp"
#include "python/parser.hpp"
#include "python/setup.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

using ast::BinaryOp;

void print(Interpreter& in, std::string_view text) {
  if (in.settings().print) in.settings().print(text);
}

/// What a script put in the place of sys.stdout.
Value replaced_output(Interpreter& in) {
  const Value* sys = in.state().modules.as<Dict>()->table.find("sys");
  const Module* module = sys == nullptr ? nullptr : sys->as<Module>();
  if (module == nullptr || module->state != Module::State::Ready) return {};
  const Value* now = module->dict().table.find("stdout");
  const Value* first = module->dict().table.find("__stdout__");
  return now == nullptr || first == nullptr || now->same(*first) ? Value() : *now;
}

Value print_values(Call& call) {
  const auto option = [&](std::size_t i, const char* missing) {
    return call.is_none(i) ? std::string(missing) : call.text(i);
  };
  const std::string separator = option(0, " "), end = option(1, "\n");
  Text out;
  bool first = true;
  for (const Value& value : Values(call[4].as<Tuple>()->items)) {
    if (!first) out += separator;
    first = false;
    out += to_str(call.in, value);
  }
  out += end;
  const Value file = call.is_none(2) ? replaced_output(call.in) : call[2];
  if (!file.is_set()) {
    print(call.in, out);
  } else if (!file.is_none()) {
    python::call(call.in, get_attr(call.in, file, call.in.intern("write")),
                 {make_str(call.in, std::move(out))});
  }
  return {};
}

// --- numbers ---------------------------------------------------------------------------------

Value absolute(Call& call) {
  Interpreter& in = call.in;
  if (const Value* found = lookup_special(in, call[0], names(in).abs)) {
    const Value method = *found;
    return call_special(in, method, call[0]);
  }
  type_error(in, "bad operand type for abs(): '" + std::string(in.type_name(call[0])) + "'");
}

Value round_value(Call& call) {
  Interpreter& in = call.in;
  if (const Value* found = lookup_special(in, call[0], names(in).round)) {
    const Value method = *found;
    return call.is_none(1) ? call_special(in, method, call[0])
                           : call_special(in, method, call[0], {call[1]});
  }
  type_error(in, "type " + std::string(in.type_name(call[0])) + " doesn't define __round__ method");
}

Value power(Call& call) {
  if (call.is_none(2)) return binary(call.in, BinaryOp::Pow, call[0], call[1]);
  for (std::size_t i = 0; i < 3; ++i) {
    if (!call.in.is_integer(call[i]))
      type_error(call.in, "pow() 3rd argument not allowed unless all arguments are integers");
  }
  return power_modulo(call.in, call[0], call[1], call[2]);
}

bool is_number(Interpreter& in, const Value& value) {
  return in.is_integer(value) || value.is_float() || value.is(Layout::Float);
}

Value divide_both(Call& call) {
  Interpreter& in = call.in;
  const bool plain = is_number(in, call[0]) && is_number(in, call[1]);
  if (!plain && !class_of_script(call[0]) && !class_of_script(call[1])) {
    type_error(in, "unsupported operand type(s) for divmod(): '" +
                       std::string(in.type_name(call[0])) + "' and '" +
                       std::string(in.type_name(call[1])) + "'");
  }
  const bool real = plain && !(in.is_integer(call[0]) && in.is_integer(call[1]));
  if (real && !in.truth(call[1])) in.raise("ZeroDivisionError", "float divmod()");
  return make_tuple(call.in, Values{binary(call.in, BinaryOp::FloorDiv, call[0], call[1]),
                                    binary(call.in, BinaryOp::Mod, call[0], call[1])});
}

Value sum(Call& call) {
  Value total = call[1];
  if (!is_iterable(call.in, call[0]))
    type_error(call.in, "'" + std::string(call.in.type_name(call[0])) + "' object is not iterable");
  if (total.is(Layout::Str))
    type_error(call.in, "sum() can't sum strings [use ''.join(seq) instead]");
  if (total.is(Layout::Bytes))
    type_error(call.in, "sum() can't sum bytes [use b''.join(seq) instead]");
  for_each(call.in, call[0], [&](const Value& item) {
    total = binary(call.in, BinaryOp::Add, total, item);
    return true;
  });
  return total;
}

Value extreme(Call& call, bool largest) {
  Interpreter& in = call.in;
  const Values given = call[2].as<Tuple>()->items;
  const Value& key = call[0];
  const char* name = largest ? "max" : "min";
  if (given.empty()) type_error(in, std::string(name) + " expected at least 1 argument, got 0");
  Value best, best_key;
  const auto consider = [&](const Value& item) {
    Value item_key = key.is_none() ? item : python::call(in, key, {item});
    const bool better =
        !best.is_set() || (largest ? in.truth(compare(in, ast::CompareOp::Gt, item_key, best_key))
                                   : in.less(item_key, best_key));
    if (better) {
      best = item;
      best_key = std::move(item_key);
    }
    return true;
  };
  if (given.size() == 1) {
    for_each(in, given[0], consider);
    if (!best.is_set()) {
      if (call.has(1)) return call[1];
      value_error(in, std::string(name) + "() arg is an empty sequence");
    }
  } else {
    for (const Value& item : given) consider(item);
  }
  return best;
}

Value in_base(Call& call, unsigned base, const char* prefix) {
  const BigInt value = call.in.is_integer(call[0]) ? to_big(call[0]) : BigInt(call.integer(0));
  return make_str(call.in, (value.negative() ? "-" : "") + std::string(prefix) +
                               (value.negative() ? -value : value).to_string(base));
}

Value character(Call& call) {
  const std::int64_t point = call.integer(0);
  if (point < 0 || point > 0x10FFFF) value_error(call.in, "chr() arg not in range(0x110000)");
  return make_char(call.in, static_cast<char32_t>(point));
}

Value ordinal(Call& call) {
  if (const Str* text = call[0].as<Str>()) {
    if (text->length() != 1) {
      type_error(call.in, "ord() expected a character, but string of length " +
                              std::to_string(text->length()) + " found");
    }
    std::size_t length = 0;
    return Value(static_cast<std::int64_t>(unicode::decode(text->view(), 0, length)));
  }
  const std::string_view data = call.in.view(call[0]);
  if (call[0].is(Layout::Bytes) && data.size() != 1) {
    type_error(call.in, "ord() expected a character, but string of length " +
                            std::to_string(data.size()) + " found");
  }
  if (!call[0].is(Layout::Bytes)) {
    type_error(call.in, "ord() expected string of length 1, but " +
                            std::string(call.in.type_name(call[0])) + " found");
  }
  return Value(static_cast<std::int64_t>(static_cast<unsigned char>(data[0])));
}

// --- iterating -------------------------------------------------------------------------------

Value any_or_all(Call& call, bool any) {
  bool found = false;
  for_each(call.in, call[0], [&](const Value& item) {
    found = call.in.truth(item) == any;
    return !found;
  });
  return Value(found == any);
}

Value sorted(Call& call) {
  Values items = call.in.items_of(call[0]);
  sort_values(call.in, items, call[1], call.truth(2));
  return make_list(call.in, std::move(items));
}

Value next_value(Call& call) {
  Value out;
  Interpreter& in = call.in;
  if (!call[0].is(Layout::Iterator) && !call[0].is(Layout::Generator)) {
    if (lookup_special(in, call[0], names(in).next) == nullptr) {
      type_error(in, "'" + std::string(in.type_name(call[0])) + "' object is not an iterator");
    }
  }
  if (iter_next(in, call[0], out)) return out;
  if (call.has(1)) return call[1];
  Values args;
  if (const auto* generator = call[0].as<Generator>();
      generator != nullptr && generator->result.is_set() && !generator->result.is_none()) {
    args.push_back(generator->result);
  }
  raise_value(in, make_exception(in, *types(in).stop_iteration, std::move(args)));
}

// --- attributes and classes ------------------------------------------------------------------

Str* attribute_name(Call& call) {
  if (!call[1].is(Layout::Str))
    type_error(call.in, "attribute name must be string, not '" +
                            std::string(call.in.type_name(call[1])) + "'");
  return call.in.intern(call.view(1));
}

Value get_attribute(Call& call) {
  if (!call.has(2)) return get_attr(call.in, call[0], attribute_name(call));
  Value out;
  return find_attr(call.in, call[0], attribute_name(call), out) ? out : call[2];
}

Value vars(Call& call) {
  Interpreter& in = call.in;
  if (!call.has(0)) return local_names(in);
  Value out;
  if (!find_attr(in, call[0], names(in).dict, out))
    type_error(in, "vars() argument must have __dict__ attribute");
  return out;
}

Value dir(Call& call) {
  Interpreter& in = call.in;
  if (call.has(0)) {
    const Value object = call[0].is(Layout::Lazy) ? resolve_lazy(in, call[0]) : call[0];
    Value method;
    if (object.is(Layout::Class) || object.is(Layout::Module)) {
      const Value* base = types(in).object->lookup(in.intern("__dir__"));
      return call_special(in, *base, object);
    }
    const Value* found = lookup_special(in, object, in.intern("__dir__"));
    const Value held = *found;
    Values items = in.items_of(call_special(in, held, object));
    sort_values(in, items, Value::none(), false);
    return make_list(in, std::move(items));
  }
  Values items = in.items_of(local_names(in));
  sort_values(in, items, Value::none(), false);
  return make_list(in, std::move(items));
}

// --- running text ----------------------------------------------------------------------------

Value run_text(Call& call, bool expression) {
  Interpreter& in = call.in;
  if (!call[0].is(Layout::Str) && !call[0].is(Layout::Code)) {
    type_error(in, std::string(expression ? "eval" : "exec") +
                       "() arg 1 must be a string, bytes or code object");
  }
  Value globals = call[1], locals = call[2];
  if (globals.is_none()) {
    globals = in.state().frame != nullptr ? in.state().frame->globals_holder : make_dict(in);
    if (locals.is_none()) locals = local_names(in);
  }
  if (!globals.is(Layout::Dict)) type_error(in, "globals must be a dict");
  if (!locals.is(Layout::Dict)) locals = globals;
  Value code = call[0];
  if (const Str* text = code.as<Str>()) {
    std::string source = text->str();
    if (expression) {
      source.erase(0, std::min(source.find_first_not_of(" \t"), source.size()));
      code = compile(in, parse_expression(std::move(source), "<string>"), true);
    } else {
      code = compile(in, parse_unchecked(std::move(source), "<string>"));
    }
  }
  return run_code(in, *code.as<Code>(), *globals.as<Dict>(), *locals.as<Dict>());
}

Value import_by_name(Call& call) {
  const std::string name = call.text(0);
  const Value module = import_module(call.in, name, true);
  if (!call.is_none(3) && call.in.truth(call[3])) return module;
  return import_module(call.in, name.substr(0, name.find('.')), true);
}

/// Classes that scripts name in isinstance(), and that have no objects here.
void setup_empty_classes(Interpreter& in) {
  for (const char* name : {"complex", "memoryview"}) {
    Class& cls = in.add_class(in.builtins(), name);
    in.add_static_method(cls, "__new__(cls, *args, **kwargs)", [](Call& call) -> Value {
      type_error(call.in, std::string(call[0].as<Class>()->name()) + " is not supported");
    });
  }
}

Value build_from_script(Call& call) { type_error(call.in, "__build_class__ is not supported"); }

void add(Interpreter& in, const char* signature, NativeCode code) {
  const Value made = in.add_function(in.builtins(), signature, std::move(code));
  made.as<NativeFunction>()->builtin = true;
}

void setup_values(Interpreter& in) {
  add(in, "abs(x, /)", absolute);
  add(in, "round(number, ndigits=None)", round_value);
  add(in, "pow(base, exp, mod=None)", power);
  add(in, "divmod(a, b, /)", divide_both);
  add(in, "sum(iterable, /, start=0)", sum);
  add(in, "min(*args, key=None, default=...)", [](Call& call) { return extreme(call, false); });
  add(in, "max(*args, key=None, default=...)", [](Call& call) { return extreme(call, true); });
  add(in, "bin(number, /)", [](Call& call) { return in_base(call, 2, "0b"); });
  add(in, "oct(number, /)", [](Call& call) { return in_base(call, 8, "0o"); });
  add(in, "hex(number, /)", [](Call& call) { return in_base(call, 16, "0x"); });
  add(in, "chr(i, /)", character);
  add(in, "ord(c, /)", ordinal);
  add(in, "repr(object, /)",
      [](Call& call) -> Value { return make_str(call.in, to_repr(call.in, call[0])); });
  add(in, "ascii(object, /)",
      [](Call& call) -> Value { return make_str(call.in, to_ascii(to_repr(call.in, call[0]))); });
  add(in, "format(value, spec='', /)", [](Call& call) -> Value {
    return make_str(call.in, format_value(call.in, call[0], call.view(1)));
  });
  add(in, "hash(object, /)",
      [](Call& call) -> Value { return Value(static_cast<std::int64_t>(call.in.hash(call[0]))); });
  add(in, "id(object, /)", [](Call& call) -> Value {
    return Value(call[0].is_object()
                     ? static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(call[0].object()))
                     : call[0].integer() * 16 + static_cast<int>(call[0].kind()));
  });
  add(in, "len(obj, /)", [](Call& call) -> Value { return Value(length_of(call.in, call[0])); });
}

void setup_iterating(Interpreter& in) {
  add(in, "any(iterable, /)", [](Call& call) { return any_or_all(call, true); });
  add(in, "all(iterable, /)", [](Call& call) { return any_or_all(call, false); });
  add(in, "sorted(iterable, /, *, key=None, reverse=False)", sorted);
  add(in, "iter(object, sentinel=..., /)", [](Call& call) -> Value {
    return call.has(1) ? call_iterator(call.in, call[0], call[1]) : get_iter(call.in, call[0]);
  });
  add(in, "next(iterator, default=..., /)", next_value);
  add(in, "aiter(object, /)", [](Call& call) { return get_async_iter(call.in, call[0]); });
  add(in, "anext(iterator, default=..., /)", next_value);
  add(in, "print(*values, sep=None, end=None, file=None, flush=False)", print_values);
  add(in, "input(prompt='', /)",
      [](Call& call) -> Value { call.in.raise("EOFError", "EOF when reading a line"); });
}

void setup_attributes(Interpreter& in) {
  add(in, "getattr(object, name, default=..., /)", get_attribute);
  add(in, "hasattr(object, name, /)", [](Call& call) -> Value {
    Value out;
    return Value(find_attr(call.in, call[0], attribute_name(call), out));
  });
  add(in, "setattr(object, name, value, /)", [](Call& call) -> Value {
    set_attr(call.in, call[0], attribute_name(call), call[2]);
    return {};
  });
  add(in, "delattr(object, name, /)", [](Call& call) -> Value {
    del_attr(call.in, call[0], attribute_name(call));
    return {};
  });
  add(in, "isinstance(object, cls, /)",
      [](Call& call) -> Value { return Value(is_instance(call.in, call[0], call[1])); });
  add(in, "issubclass(cls, other, /)",
      [](Call& call) -> Value { return Value(is_subclass(call.in, call[0], call[1])); });
  add(in, "callable(object, /)",
      [](Call& call) -> Value { return Value(is_callable(call.in, call[0])); });
  add(in, "vars(object=..., /)", vars);
  add(in, "dir(object=..., /)", dir);
  add(in, "globals()", [](Call& call) -> Value {
    const Frame* frame = call.in.state().frame;
    return frame == nullptr ? make_dict(call.in) : frame->globals_holder;
  });
  add(in, "locals()", [](Call& call) -> Value { return local_names(call.in); });
  add(in, "eval(source, globals=None, locals=None, /)",
      [](Call& call) { return run_text(call, true); });
  add(in, "exec(source, globals=None, locals=None, /)", [](Call& call) -> Value {
    run_text(call, false);
    return {};
  });
  add(in, "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)",
      [](Call& call) -> Value {
        const bool expression = call.text(2) == "eval";
        return compile(call.in,
                       expression ? parse_expression(call.text(0), call.text(1))
                                  : parse_unchecked(call.text(0), call.text(1)),
                       expression);
      });
  add(in, "__import__(name, globals=None, locals=None, fromlist=None, level=0)", import_by_name);
  add(in, "__build_class__(*args, **kwargs)", build_from_script);
  for (const char* name : {"exit(code=None)", "quit(code=None)"}) {
    add(in, name, [](Call& call) -> Value {
      raise_value(call.in,
                  make_exception(call.in, *call.in.exception_class("SystemExit"), Values{call[0]}));
    });
  }
}

}  // namespace

/// What locals() gives: the names' dict of a file or class body, a new dict in a function.
Value local_names(Interpreter& in) {
  const Frame* frame = in.state().frame;
  if (frame == nullptr) return make_dict(in);
  if (frame->names.is_set()) return frame->names;
  Value dict = make_dict(in);
  const Code& code = *frame->code;
  for (std::size_t i = 0; i < code.locals.size(); ++i) {
    if (frame->slots[i].is_set()) dict.as<Dict>()->table.set(code.locals[i], frame->slots[i]);
  }
  for (std::size_t i = 0; i < code.cells.size() + code.frees.size(); ++i) {
    const auto* cell = frame->cells[i].as<Cell>();
    Str* name = i < code.cells.size() ? code.cells[i] : code.frees[i - code.cells.size()];
    if (cell != nullptr && cell->value.is_set()) dict.as<Dict>()->table.set(name, cell->value);
  }
  return dict;
}

void setup_builtins(Interpreter& in) {
  Table& table = in.state().builtins().table;
  table.set(in.intern("NotImplemented"), Value::not_implemented());
  table.set(in.intern("Ellipsis"), Value::ellipsis());
  table.set(in.intern("__debug__"), Value(true));
  table.set(names(in).name, make_str(in, "builtins"));
  setup_values(in);
  setup_iterating(in);
  setup_attributes(in);
  setup_empty_classes(in);
  in.state().modules.as<Dict>()->table.set(in.intern("builtins"), in.state().builtins_module);
}

}  // namespace cupel::python
