// SPDX-License-Identifier: MIT
// Runs code: one frame is one loop over its instructions.
#include <algorithm>

#include "python/state.hpp"

namespace cupel::python {

using ast::BinaryOp;
using ast::CompareOp;
using ast::UnaryOp;

namespace {

// --- the stack ----------------------------------------------------------------------------------

void push(Frame& frame, Value value) { *frame.top++ = std::move(value); }
Value pop(Frame& frame) { return std::move(*--frame.top); }
void drop(Frame& frame, std::size_t count) {
  while (count-- > 0) *--frame.top = Value();
}
Value& top(Frame& frame, std::size_t depth = 1) { return *(frame.top - depth); }
Str* name_at(const Frame& frame, std::uint32_t index) { return frame.code->names[index]; }

// --- names --------------------------------------------------------------------------------------

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

/// A lazily imported name becomes what it stands for; `table` remembers.
Value settle(Interpreter& in, const Value& found, Table& table, Str* name) {
  if (!found.is(Layout::Lazy)) return found;
  const Value lazy = found;
  Value value = resolve_lazy(in, lazy);
  const Value* now = table.find(*name);
  if (now != nullptr && now->same(lazy)) table.set(name, value);
  return value;
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

// --- parts of instructions
// ------------------------------------------------------------------------

void unpack(Interpreter& in, Frame& frame, std::size_t count) {
  const Value source = pop(frame);
  const Values* row = nullptr;
  if (const Tuple* tuple = source.as<Tuple>()) row = &tuple->items;
  if (const List* list = source.as<List>()) row = &list->items;
  Values items;
  if (row == nullptr || class_of_script(source)) {
    if (!is_iterable(in, source)) {
      type_error(in, "cannot unpack non-iterable " + std::string(in.type_name(source)) + " object");
    }
    for_each(in, source, [&](const Value& item) {
      items.push_back(item);
      return items.size() <= count;
    });
    row = &items;
  }
  if (row->size() > count) {
    value_error(in, "too many values to unpack (expected " + std::to_string(count) + ")");
  }
  if (row->size() < count) {
    value_error(in, "not enough values to unpack (expected " + std::to_string(count) + ", got " +
                        std::to_string(row->size()) + ")");
  }
  for (std::size_t i = count; i-- > 0;) push(frame, (*row)[i]);
}

void unpack_star(Interpreter& in, Frame& frame, std::size_t before, std::size_t after) {
  const Value source = pop(frame);
  if (!is_iterable(in, source)) {
    type_error(in, "cannot unpack non-iterable " + std::string(in.type_name(source)) + " object");
  }
  const Values items = in.items_of(source);
  if (items.size() < before + after) {
    value_error(in, "not enough values to unpack (expected at least " +
                        std::to_string(before + after) + ", got " + std::to_string(items.size()) +
                        ")");
  }
  for (std::size_t i = items.size(); i > items.size() - after; --i) push(frame, items[i - 1]);
  push(frame, make_list(in, Values(items.begin() + static_cast<std::ptrdiff_t>(before),
                                   items.end() - static_cast<std::ptrdiff_t>(after))));
  for (std::size_t i = before; i-- > 0;) push(frame, items[i]);
}

Value make_function(Interpreter& in, Frame& frame, std::uint32_t flags) {
  const Value code = pop(frame);
  auto* made = new Function(types(in).function, code.as<Code>(), frame.globals);
  Value holder(static_cast<Object*>(made));
  if ((flags & 8) != 0) made->closure = pop(frame).as<Tuple>()->items;
  if ((flags & 4) != 0) made->annotations = pop(frame);
  if ((flags & 2) != 0) made->keyword_defaults = pop(frame).as<Tuple>()->items;
  if ((flags & 1) != 0) made->defaults = pop(frame).as<Tuple>()->items;
  if (const Value* module = frame.globals->table.find(*names(in).name)) made->module = *module;
  return holder;
}

void make_class(Interpreter& in, Frame& frame) {
  const Value keywords = pop(frame);
  const Value bases = pop(frame);
  const Value name = pop(frame);
  const Value body = pop(frame);
  Kwargs list;
  const Table& table = keywords.as<Dict>()->table;
  for (std::size_t i = 0; i < table.slots(); ++i) {
    if (table.slot(i).key.is_set()) {
      list.emplace_back(static_cast<Str*>(table.slot(i).key.object()), table.slot(i).value);
    }
  }
  push(frame, build_class(in, body, name.as<Str>()->view(), bases.as<Tuple>()->items, list));
}

void store_annotation(Interpreter& in, Frame& frame, Str* name) {
  const Value annotation = pop(frame);
  Value dict;
  if (!find_name(in, frame, names(in).annotations, dict) || !dict.is(Layout::Dict)) {
    dict = make_dict(in);
    store_name(in, frame, names(in).annotations, dict);
  }
  dict.as<Dict>()->table.set(name, annotation);
}

/// A function as messages about its arguments call it.
std::string called_name(Interpreter& in, const Value& function) {
  Value name, module;
  if (!find_attr(in, function, names(in).qualname, name)) return in.str_of(function);
  find_attr(in, function, names(in).module, module);
  const bool shown = module.is(Layout::Str) && in.view(module) != "builtins";
  return (shown ? in.str_of(module) + "." : "") + in.str_of(name) + "()";
}

// **mapping in a call: every key a str, none twice.
void merge_keywords(Interpreter& in, Frame& frame) {
  const Value source = pop(frame);
  Dict& target = *top(frame).as<Dict>();
  const auto add = [&](const Value& key, const Value& value) {
    if (!key.is(Layout::Str)) type_error(in, "keywords must be strings");
    if (target.table.find(*key.as<Str>()) != nullptr) {
      type_error(in, called_name(in, top(frame, 3)) +
                         " got multiple values for keyword argument '" + key.as<Str>()->str() +
                         "'");
    }
    target.table.set(in, key, value);
  };
  if (const Dict* dict = source.as<Dict>(); dict != nullptr && !dict->cls()->from_script) {
    for (std::size_t i = 0; i < dict->table.slots(); ++i) {
      const Table::Entry entry = dict->table.slot(i);
      if (entry.key.is_set()) add(entry.key, entry.value);
    }
    return;
  }
  Value keys;
  if (!find_attr(in, source, names(in).keys, keys)) {
    type_error(in, called_name(in, top(frame, 3)) + " argument after ** must be a mapping, not " +
                       std::string(in.type_name(source)));
  }
  for_each(in, call(in, keys, {}), [&](const Value& key) {
    add(key, get_item(in, source, key));
    return true;
  });
}

void call_star(Interpreter& in, Frame& frame) {
  const Value keywords = pop(frame);
  const Value positional = pop(frame);
  const Value function = pop(frame);
  const Values& given = positional.as<Tuple>()->items;
  const Table& table = keywords.as<Dict>()->table;
  if (table.empty()) {
    push(frame, call(in, function, Arguments{given.data(), given.size(), nullptr, 0}));
    return;
  }
  Values values(given);
  Values keys;
  for (std::size_t i = 0; i < table.slots(); ++i) {
    if (!table.slot(i).key.is_set()) continue;
    keys.push_back(table.slot(i).key);
    values.push_back(table.slot(i).value);
  }
  push(frame, call(in, function, Arguments{values.data(), given.size(), keys.data(), keys.size()}));
}

void load_method(Interpreter& in, Frame& frame, Str* name) {
  Value& object = top(frame);
  Value function;
  if (find_method(in, object, name, function)) {
    Value self = std::move(object);
    object = std::move(function);
    push(frame, std::move(self));
    return;
  }
  object = get_attr(in, object, name);
  push(frame, Value());
}

// The function and its self, or a callable and nothing, below `count` arguments (and the keywords'
// names above).
void call_method(Interpreter& in, Frame& frame, std::size_t count, bool keywords) {
  const Value key_names = keywords ? pop(frame) : Value();
  Arguments arguments{frame.top - count, count, nullptr, 0};
  if (keywords) {
    const Values& keys = key_names.as<Tuple>()->items;
    arguments.names = keys.data();
    arguments.keywords = keys.size();
    arguments.positional -= keys.size();
  }
  const Value& self = *(frame.top - count - 1);
  const Value& function = *(frame.top - count - 2);
  Value result =
      self.is_set() ? call_with_self(in, function, self, arguments) : call(in, function, arguments);
  drop(frame, count + 2);
  push(frame, std::move(result));
}

void call_plain(Interpreter& in, Frame& frame, std::size_t count, bool keywords) {
  const Value key_names = keywords ? pop(frame) : Value();
  Arguments arguments{frame.top - count, count, nullptr, 0};
  if (keywords) {
    const Values& keys = key_names.as<Tuple>()->items;
    arguments.names = keys.data();
    arguments.keywords = keys.size();
    arguments.positional -= keys.size();
  }
  Value result = call(in, *(frame.top - count - 1), arguments);
  drop(frame, count + 1);
  push(frame, std::move(result));
}

void build_slice(Interpreter& in, Frame& frame, std::uint32_t count) {
  Value step = count == 3 ? pop(frame) : Value::none();
  Value stop = pop(frame);
  Value start = pop(frame);
  push(frame,
       make<SliceObject>(types(in).slice, std::move(start), std::move(stop), std::move(step)));
}

void build_string(Interpreter& in, Frame& frame, std::size_t count) {
  Text text;
  for (std::size_t i = count; i > 0; --i) {
    const Value& part = top(frame, i);
    if (const Str* str = part.as<Str>()) text += str->view();
  }
  drop(frame, count);
  push(frame, make_str(in, std::move(text)));
}

void format(Interpreter& in, Frame& frame, std::uint32_t flags) {
  const Value spec = (flags & 4) != 0 ? pop(frame) : Value();
  Value value = pop(frame);
  switch (flags & 3) {
    case 1:
      value = make_str(in, to_str(in, value));
      break;
    case 2:
      value = make_str(in, to_repr(in, value));
      break;
    case 3:
      value = make_str(in, to_ascii(to_repr(in, value)));
      break;
    default:
      break;
  }
  if (!spec.is_set() && value.is(Layout::Str) && !class_of_script(value)) {
    push(frame, std::move(value));
    return;
  }
  push(frame, make_str(in, format_value(in, value, spec.is_set() ? in.view(spec) : "")));
}

Values pop_values(Frame& frame, std::size_t count) {
  Values items;
  items.reserve(count);
  for (Value* at = frame.top - count; at != frame.top; ++at) items.push_back(std::move(*at));
  frame.top -= count;
  return items;
}

// --- exceptions
// -----------------------------------------------------------------------------------

Value handled_exception(const Frame* frame) {
  for (; frame != nullptr; frame = frame->back) {
    if (frame->handled.is_set()) return frame->handled;
  }
  return {};
}

[[noreturn]] void raise_statement(Interpreter& in, Frame& frame, std::uint32_t count) {
  if (count == 0) {
    Value current = handled_exception(&frame);
    if (!current.is_set()) in.raise("RuntimeError", "No active exception to reraise");
    throw Raised{std::move(current)};
  }
  const Value cause = count == 2 ? pop(frame) : Value();
  Value exception = pop(frame);
  if (exception.is(Layout::Lazy)) exception = resolve_lazy(in, exception);
  if (exception.is(Layout::Class)) exception = call(in, exception, {});
  auto* object = exception.as<ExceptionObject>();
  if (object == nullptr) type_error(in, "exceptions must derive from BaseException");
  if (cause.is_set()) {
    Value made = cause.is(Layout::Class) ? call(in, cause, {}) : cause;
    if (!made.is_none() && !made.is(Layout::Exception)) {
      type_error(in, "exception causes must derive from BaseException");
    }
    object->cause = made.is_none() ? Value() : made;
    object->suppress_context = true;
  }
  raise_value(in, std::move(exception));
}

void before_with(Interpreter& in, Frame& frame, bool is_async) {
  const Value manager = pop(frame);
  const auto special = [&](Str* own, Str* other) {
    const Value* found = is_async ? lookup_special(in, manager, own) : nullptr;
    return found != nullptr ? found : lookup_special(in, manager, other);
  };
  const Value* found_enter = special(names(in).aenter, names(in).enter);
  if (found_enter == nullptr) {
    type_error(in, "'" + std::string(in.type_name(manager)) +
                       "' object does not support the context manager protocol");
  }
  const Value enter = *found_enter;
  const Value* found_exit = special(names(in).aexit, names(in).exit);
  if (found_exit == nullptr) {
    type_error(
        in, "'" + std::string(in.type_name(manager)) +
                "' object does not support the context manager protocol (missed __exit__ method)");
  }
  push(frame, bind(in, *found_exit, manager, in.class_of(manager)));
  push(frame, call_special(in, enter, manager));
}

void exit_with(Interpreter& in, Frame& frame, bool failed) {
  if (!failed) {
    const Value exit = pop(frame);
    call(in, exit, {Value::none(), Value::none(), Value::none()});
    return;
  }
  const Value exception = top(frame, 1);
  const Value exit = top(frame, 3);
  const Value result = call(in, exit, {Value(exception.object()->cls()), exception, Value::none()});
  push(frame, Value(in.truth(result)));
}

bool match_exception(Interpreter& in, const Value& exception, Value type) {
  if (type.is(Layout::Lazy)) type = resolve_lazy(in, type);
  return exception_matches(in, exception, type);
}

// --- match
// ----------------------------------------------------------------------------------------

void match_sequence(Interpreter& in, Frame& frame, std::uint32_t argument) {
  const Value& subject = top(frame);
  const bool sequence =
      subject.is(Layout::List) || subject.is(Layout::Tuple) || subject.is(Layout::Range);
  if (!sequence) {
    push(frame, Value(false));
    return;
  }
  const auto length =
      static_cast<std::uint32_t>(std::min<std::int64_t>(length_of(in, subject), 0xFFFFFFF));
  push(frame, Value((argument & 1) != 0 ? length >= argument >> 1 : length == argument >> 1));
}

void match_keys(Interpreter& in, Frame& frame) {
  const Value keys = pop(frame);
  const Value subject = pop(frame);
  Values found;
  for (const Value& key : keys.as<Tuple>()->items) {
    Dict* dict = subject.as<Dict>();
    const Value* value = dict == nullptr ? nullptr : dict->table.find(in, key);
    if (value == nullptr) {
      push(frame, Value::none());
      return;
    }
    found.push_back(*value);
  }
  push(frame, make_tuple(in, std::move(found)));
}

void match_rest(Interpreter& in, Frame& frame) {
  const Value keys = pop(frame);
  const Value subject = pop(frame);
  Value rest = make_dict(in);
  update_dict(in, *rest.as<Dict>(), subject);
  for (const Value& key : keys.as<Tuple>()->items) rest.as<Dict>()->table.erase(in, key);
  push(frame, std::move(rest));
}

void match_class(Interpreter& in, Frame& frame, std::size_t positional) {
  const Value keywords = pop(frame);
  Value cls = pop(frame);
  const Value subject = pop(frame);
  if (cls.is(Layout::Lazy)) cls = resolve_lazy(in, cls);
  if (!cls.is(Layout::Class)) type_error(in, "called match pattern must be a class");
  if (!is_instance(in, subject, cls)) {
    push(frame, Value::none());
    return;
  }
  Values found;
  Value args;
  if (positional > 0 && !find_attr(in, cls, names(in).match_args, args)) {
    const Layout layout = cls.as<Class>()->instance_layout();
    const bool itself = positional == 1 && layout != Layout::Instance;
    const bool number = cls.object() == types(in).int_ || cls.object() == types(in).float_ ||
                        cls.object() == types(in).bool_;
    if (!itself && !number) {
      type_error(in, std::string(cls.as<Class>()->name()) +
                         "() accepts 0 positional sub-patterns (" + std::to_string(positional) +
                         " given)");
    }
    found.push_back(subject);
  } else if (positional > 0) {
    const Values list = in.items_of(args);
    if (list.size() < positional) {
      type_error(in, std::string(cls.as<Class>()->name()) + "() accepts " +
                         std::to_string(list.size()) + " positional sub-patterns (" +
                         std::to_string(positional) + " given)");
    }
    for (std::size_t i = 0; i < positional; ++i) {
      Value value;
      if (!list[i].is(Layout::Str) ||
          !find_attr(in, subject, in.intern(list[i].as<Str>()->view()), value)) {
        push(frame, Value::none());
        return;
      }
      found.push_back(value);
    }
  }
  for (const Value& name : keywords.as<Tuple>()->items) {
    Value value;
    if (!find_attr(in, subject, static_cast<Str*>(name.object()), value)) {
      push(frame, Value::none());
      return;
    }
    found.push_back(value);
  }
  push(frame, make_tuple(in, std::move(found)));
}

// --- yield
// ----------------------------------------------------------------------------------------

/// True if the inner iterator gave a value, which then is what the frame yields.
bool yield_from(Interpreter& in, Frame& frame, Value& out) {
  const Value sent = pop(frame);
  const Value inner = top(frame);
  Value result = Value::none();
  if (Generator* generator = inner.as<Generator>()) {
    if (resume(in, *generator, sent, out)) return true;
    result = generator->result.is_set() ? generator->result : Value::none();
  } else if (sent.is_none()) {
    if (iter_next(in, inner, out)) return true;
  } else {
    out = call(in, get_attr(in, inner, names(in).send), {sent});
    return true;
  }
  drop(frame, 1);
  push(frame, std::move(result));
  return false;
}

Value await(Interpreter& in, const Value& value) {
  const Value* found =
      value.is(Layout::Instance) ? lookup_special(in, value, names(in).await) : nullptr;
  if (found == nullptr) return value;
  const Value method = *found;
  const Value iterator = get_iter(in, call_special(in, method, value));
  Value item;
  while (iter_next(in, iterator, item)) in.tick();
  const Generator* generator = iterator.as<Generator>();
  return generator != nullptr && generator->result.is_set() ? generator->result : Value::none();
}

// --- the loop
// ---------------------------------------------------------------------------------------

bool small_ints(const Value& a, const Value& b) { return a.is_small_int() && b.is_small_int(); }

/// The quick cases of + - * on small integers and floats.
bool quick_binary(BinaryOp op, const Value& a, const Value& b, Value& out) {
  if (small_ints(a, b)) {
    std::int64_t result = 0;
    switch (op) {
      case BinaryOp::Add:
        if (__builtin_add_overflow(a.integer(), b.integer(), &result)) return false;
        break;
      case BinaryOp::Sub:
        if (__builtin_sub_overflow(a.integer(), b.integer(), &result)) return false;
        break;
      case BinaryOp::Mul:
        if (__builtin_mul_overflow(a.integer(), b.integer(), &result)) return false;
        break;
      default:
        return false;
    }
    out = Value(result);
    return true;
  }
  if (a.is_float() && b.is_float()) {
    switch (op) {
      case BinaryOp::Add:
        out = Value(a.real() + b.real());
        return true;
      case BinaryOp::Sub:
        out = Value(a.real() - b.real());
        return true;
      case BinaryOp::Mul:
        out = Value(a.real() * b.real());
        return true;
      default:
        return false;
    }
  }
  return false;
}

bool quick_compare(CompareOp op, const Value& a, const Value& b, bool& out) {
  if (small_ints(a, b)) {
    const std::int64_t x = a.integer(), y = b.integer();
    switch (op) {
      case CompareOp::Lt:
        out = x < y;
        return true;
      case CompareOp::Le:
        out = x <= y;
        return true;
      case CompareOp::Eq:
        out = x == y;
        return true;
      case CompareOp::Ne:
        out = x != y;
        return true;
      case CompareOp::Gt:
        out = x > y;
        return true;
      default:
        out = x >= y;
        return true;
    }
  }
  if ((op == CompareOp::Eq || op == CompareOp::Ne) && a.is(Layout::Str) && b.is(Layout::Str) &&
      !class_of_script(a) && !class_of_script(b)) {
    const bool equal = a.object() == b.object() || a.as<Str>()->view() == b.as<Str>()->view();
    out = equal == (op == CompareOp::Eq);
    return true;
  }
  return false;
}

bool quick_truth(Interpreter& in, const Value& value) {
  if (value.is_bool()) return value.boolean();
  return in.truth(value);
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

Value execute(Interpreter& in, Frame& frame) {
  Interpreter::State& state = in.state();
  const Code& code = *frame.code;
  const std::uint32_t* const words = code.code.data();
  Value* const locals = frame.slots.data();
  std::uint32_t at = frame.instruction;
  while (true) {
    const std::uint32_t word = words[at];
    const auto op = static_cast<Op>(word & 0xFF);
    const std::uint32_t argument = word >> 8;
    frame.instruction = at++;
    if (--state.steps_left == 0) in.tick();
    switch (op) {
      case Op::Nop:
        break;
      case Op::Pop:
        drop(frame, 1);
        break;
      case Op::Dup:
        push(frame, top(frame));
        break;
      case Op::Dup2:
        push(frame, top(frame, 2));
        push(frame, top(frame, 2));
        break;
      case Op::Swap:
        top(frame, 1).swap(top(frame, 2));
        break;
      case Op::Rot3:  // a b c -> c a b
        top(frame, 1).swap(top(frame, 2));
        top(frame, 2).swap(top(frame, 3));
        break;
      case Op::Copy:
        push(frame, top(frame, argument));
        break;

      case Op::LoadConst:
        push(frame, code.constants[argument]);
        break;
      case Op::LoadFast: {
        Value& local = locals[argument];
        if (!local.is_set()) unbound(in, *code.locals[argument], false);
        if (local.is(Layout::Lazy)) local = resolve_lazy(in, local);
        push(frame, local);
        break;
      }
      case Op::StoreFast:
        locals[argument] = pop(frame);
        break;
      case Op::DeleteFast:
        if (!locals[argument].is_set()) unbound(in, *code.locals[argument], false);
        locals[argument] = Value();
        break;
      case Op::LoadDeref: {
        Value& value = frame.cells[argument].as<Cell>()->value;
        if (!value.is_set()) {
          const bool free = argument >= code.cells.size();
          unbound(in, free ? *code.frees[argument - code.cells.size()] : *code.cells[argument],
                  free);
        }
        if (value.is(Layout::Lazy)) value = resolve_lazy(in, value);
        push(frame, value);
        break;
      }
      case Op::StoreDeref: {
        Value value = pop(frame);
        frame.cells[argument].as<Cell>()->value.swap(value);
        break;
      }
      case Op::DeleteDeref:
        frame.cells[argument].as<Cell>()->value = Value();
        break;
      case Op::LoadClassDeref: {
        Str* name = code.frees[argument - code.cells.size()];
        Value value;
        if (!find_name(in, frame, name, value)) {
          value = frame.cells[argument].as<Cell>()->value;
          if (!value.is_set()) unbound(in, *name, true);
          if (value.is(Layout::Lazy)) value = resolve_lazy(in, value);
        }
        push(frame, std::move(value));
        break;
      }
      case Op::LoadCell:
        push(frame, frame.cells[argument]);
        break;
      case Op::LoadGlobal:
        push(frame, load_global(in, frame, name_at(frame, argument)));
        break;
      case Op::StoreGlobal: {
        Value value = pop(frame);
        frame.globals->table.set(name_at(frame, argument), std::move(value));
        break;
      }
      case Op::DeleteGlobal:
        if (!frame.globals->table.erase(*name_at(frame, argument)).is_set()) {
          name_error(in, *name_at(frame, argument));
        }
        break;
      case Op::LoadName: {
        Value value;
        if (!find_name(in, frame, name_at(frame, argument), value)) {
          value = load_global(in, frame, name_at(frame, argument));
        }
        push(frame, std::move(value));
        break;
      }
      case Op::StoreName: {
        Value value = pop(frame);
        store_name(in, frame, name_at(frame, argument), std::move(value));
        break;
      }
      case Op::DeleteName: {
        Dict* dict = frame.names.as<Dict>();
        if (dict == nullptr || !dict->table.erase(*name_at(frame, argument)).is_set()) {
          name_error(in, *name_at(frame, argument));
        }
        break;
      }

      case Op::LoadAttr: {
        Value object = pop(frame);
        push(frame, get_attr(in, object, name_at(frame, argument)));
        break;
      }
      case Op::StoreAttr: {
        const Value object = pop(frame);
        const Value value = pop(frame);
        set_attr(in, object, name_at(frame, argument), value);
        break;
      }
      case Op::DeleteAttr: {
        const Value object = pop(frame);
        del_attr(in, object, name_at(frame, argument));
        break;
      }
      case Op::LoadMethod:
        load_method(in, frame, name_at(frame, argument));
        break;
      case Op::Subscript: {
        const Value key = pop(frame);
        const Value object = pop(frame);
        push(frame, get_item(in, object, key));
        break;
      }
      case Op::StoreSubscript: {
        const Value key = pop(frame);
        const Value object = pop(frame);
        const Value value = pop(frame);
        set_item(in, object, key, value);
        break;
      }
      case Op::DeleteSubscript: {
        const Value key = pop(frame);
        const Value object = pop(frame);
        del_item(in, object, key);
        break;
      }
      case Op::BuildSlice:
        build_slice(in, frame, argument);
        break;

      case Op::Not: {
        const bool truth = quick_truth(in, top(frame));
        top(frame) = Value(!truth);
        break;
      }
      case Op::Negative: {
        const Value operand = pop(frame);
        push(frame, unary(in, UnaryOp::Minus, operand));
        break;
      }
      case Op::Positive: {
        const Value operand = pop(frame);
        push(frame, unary(in, UnaryOp::Plus, operand));
        break;
      }
      case Op::Invert: {
        const Value operand = pop(frame);
        push(frame, unary(in, UnaryOp::Invert, operand));
        break;
      }
      case Op::Binary:
      case Op::Inplace: {
        Value result;
        if (!quick_binary(static_cast<BinaryOp>(argument), top(frame, 2), top(frame, 1), result)) {
          const Value right = pop(frame);
          const Value left = pop(frame);
          result = binary(in, static_cast<BinaryOp>(argument), left, right, op == Op::Inplace);
        } else {
          drop(frame, 2);
        }
        push(frame, std::move(result));
        break;
      }
      case Op::Compare: {
        bool quick = false;
        const auto compare_op = static_cast<CompareOp>(argument);
        if (quick_compare(compare_op, top(frame, 2), top(frame, 1), quick)) {
          drop(frame, 2);
          push(frame, Value(quick));
          break;
        }
        const Value right = pop(frame);
        const Value left = pop(frame);
        push(frame, compare(in, compare_op, left, right));
        break;
      }
      case Op::Is: {
        const Value right = pop(frame);
        const Value left = pop(frame);
        push(frame, Value(left.same(right) != (argument != 0)));
        break;
      }
      case Op::In: {
        const Value container = pop(frame);
        const Value item = pop(frame);
        push(frame, Value(contains(in, container, item) != (argument != 0)));
        break;
      }

      case Op::BuildTuple:
        push(frame, make_tuple(in, pop_values(frame, argument)));
        break;
      case Op::BuildList:
        push(frame, make_list(in, pop_values(frame, argument)));
        break;
      case Op::BuildSet: {
        Value set = in.set();
        for (std::size_t i = argument; i > 0; --i) {
          const Value item = top(frame, i);
          set.as<Set>()->table.set(in, item, Value::none());
        }
        drop(frame, argument);
        push(frame, std::move(set));
        break;
      }
      case Op::BuildDict: {
        Value dict = make_dict(in);
        for (std::size_t i = argument; i > 0; --i) {
          const Value key = top(frame, 2 * i);
          dict.as<Dict>()->table.set(in, key, top(frame, 2 * i - 1));
        }
        drop(frame, 2 * static_cast<std::size_t>(argument));
        push(frame, std::move(dict));
        break;
      }
      case Op::BuildString:
        build_string(in, frame, argument);
        break;
      case Op::ListAppend: {
        Value item = pop(frame);
        top(frame, argument).as<List>()->items.push_back(std::move(item));
        break;
      }
      case Op::ListExtend: {
        const Value source = pop(frame);
        if (!is_iterable(in, source)) {
          type_error(in,
                     "Value after * must be an iterable, not " + std::string(in.type_name(source)));
        }
        extend_list(in, *top(frame, argument).as<List>(), source);
        break;
      }
      case Op::SetAdd: {
        const Value item = pop(frame);
        top(frame, argument).as<Set>()->table.set(in, item, Value::none());
        break;
      }
      case Op::SetUpdate: {
        const Value source = pop(frame);
        update_set(in, *top(frame, argument).as<Set>(), source);
        break;
      }
      case Op::DictAdd: {
        Value value = pop(frame);
        const Value key = pop(frame);
        top(frame, argument).as<Dict>()->table.set(in, key, std::move(value));
        break;
      }
      case Op::DictUpdate: {
        const Value source = pop(frame);
        if (!source.is(Layout::Dict) && !has_keys(in, source)) {
          type_error(in, "'" + std::string(in.type_name(source)) + "' object is not a mapping");
        }
        update_dict(in, *top(frame).as<Dict>(), source);
        break;
      }
      case Op::DictMerge:
        merge_keywords(in, frame);
        break;
      case Op::ListToTuple: {
        Value list = pop(frame);
        push(frame, make_tuple(in, std::move(list.as<List>()->items)));
        break;
      }
      case Op::Format:
        format(in, frame, argument);
        break;
      case Op::Unpack:
        unpack(in, frame, argument);
        break;
      case Op::UnpackStar:
        unpack_star(in, frame, argument & 0xFF, argument >> 8);
        break;

      case Op::Jump:
        at = argument;
        break;
      case Op::JumpIfFalse:
        if (!quick_truth(in, top(frame))) at = argument;
        drop(frame, 1);
        break;
      case Op::JumpIfTrue:
        if (quick_truth(in, top(frame))) at = argument;
        drop(frame, 1);
        break;
      case Op::JumpIfFalseOrPop:
        if (!quick_truth(in, top(frame))) {
          at = argument;
        } else {
          drop(frame, 1);
        }
        break;
      case Op::JumpIfTrueOrPop:
        if (quick_truth(in, top(frame))) {
          at = argument;
        } else {
          drop(frame, 1);
        }
        break;
      case Op::GetIter: {
        const Value object = pop(frame);
        push(frame, get_iter(in, object));
        break;
      }
      case Op::GetAsyncIter: {
        const Value object = pop(frame);
        push(frame, get_async_iter(in, object));
        break;
      }
      case Op::ForIter: {
        Value item;
        if (iter_next(in, top(frame), item)) {
          push(frame, std::move(item));
        } else {
          drop(frame, 1);
          at = argument;
        }
        break;
      }

      case Op::Call:
        call_plain(in, frame, argument, false);
        break;
      case Op::CallKeywords:
        call_plain(in, frame, argument, true);
        break;
      case Op::CallMethod:
        call_method(in, frame, argument, false);
        break;
      case Op::CallMethodKeywords:
        call_method(in, frame, argument, true);
        break;
      case Op::CallStar:
        call_star(in, frame);
        break;
      case Op::MakeFunction:
        push(frame, make_function(in, frame, argument));
        break;
      case Op::MakeClass:
        make_class(in, frame);
        break;
      case Op::SetupAnnotations:
        break;
      case Op::StoreAnnotation:
        store_annotation(in, frame, name_at(frame, argument));
        break;

      case Op::Return:
        return pop(frame);
      case Op::Yield:
        frame.yielded = true;
        frame.instruction = at;
        return pop(frame);
      case Op::GetYieldFrom: {
        const Value object = pop(frame);
        push(frame, object.is(Layout::Generator) ? object : get_iter(in, object));
        break;
      }
      case Op::YieldFrom: {
        Value value;
        if (yield_from(in, frame, value)) {
          frame.yielded = true;
          return value;  // and here again when the frame goes on
        }
        break;
      }
      case Op::Await: {
        const Value value = pop(frame);
        push(frame, await(in, value));
        break;
      }

      case Op::Raise:
        raise_statement(in, frame, argument);
      case Op::Reraise: {
        Value exception = pop(frame);
        if (argument != 0) frame.handled = pop(frame);
        throw Raised{std::move(exception)};
      }
      case Op::PushException: {
        Value exception = pop(frame);
        Value previous = exception;
        previous.swap(frame.handled);
        push(frame, std::move(previous));
        push(frame, std::move(exception));
        break;
      }
      case Op::PopException:
        frame.handled = pop(frame);
        break;
      case Op::MatchException: {
        const Value type = pop(frame);
        push(frame, Value(match_exception(in, top(frame), type)));
        break;
      }
      case Op::AssertError:
        push(frame, Value(in.exception_class("AssertionError")));
        break;
      case Op::BeforeWith:
        before_with(in, frame, argument != 0);
        break;
      case Op::ExitWith:
        exit_with(in, frame, argument != 0);
        break;

      case Op::Import: {
        const Values& what = code.constants[argument].as<Tuple>()->items;
        push(frame, import_name(in, what[0].as<Str>()->view(),
                                static_cast<std::uint32_t>(what[1].integer()), *frame.globals,
                                what[3].boolean(), what[2].boolean()));
        break;
      }
      case Op::ImportFrom: {
        const Value module = top(frame);
        push(frame, import_from(in, module, name_at(frame, argument >> 1), (argument & 1) != 0));
        break;
      }
      case Op::ImportStar: {
        const Value module = pop(frame);
        Dict* names = frame.names.as<Dict>();
        import_star(in, module, names != nullptr ? *names : *frame.globals);
        break;
      }

      case Op::MatchSequence:
        match_sequence(in, frame, argument);
        break;
      case Op::MatchMapping:
        if (argument == 0) {
          push(frame, Value(top(frame).is(Layout::Dict)));
        } else {
          match_rest(in, frame);
        }
        break;
      case Op::MatchKeys:
        match_keys(in, frame);
        break;
      case Op::MatchClass:
        match_class(in, frame, argument);
        break;
      case Op::Poison:
        poison(in, frame, code.constants[argument].as<Tuple>()->items);
        break;
      case Op::Length:
        push(frame, Value(length_of(in, top(frame))));
        break;
    }
  }
}

/// Puts the frame at the handler for `exception`; false if it has none.
bool find_handler(Frame& frame, Value exception) {
  for (const Code::Handler& handler : frame.code->handlers) {
    if (frame.instruction < handler.start || frame.instruction >= handler.end) continue;
    while (frame.top > frame.stack + handler.depth) *--frame.top = Value();
    push(frame, std::move(exception));
    frame.instruction = handler.target;
    return true;
  }
  while (frame.top > frame.stack) *--frame.top = Value();
  return false;
}

/// The frame is the innermost one as long as this lives.
class Running {
 public:
  Running(Interpreter& in, Frame& frame) : state_(in.state()), frame_(frame) {
    frame.back = state_.frame;
    state_.frame = &frame;
    ++state_.depth;
  }
  ~Running() {
    state_.frame = frame_.back;
    --state_.depth;
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  Interpreter::State& state_;
  Frame& frame_;
};

}  // namespace

Value run(Interpreter& in, Frame& frame) {
  in.check_stack();
  if (in.state().depth >= in.state().settings.max_depth) {
    in.raise("RecursionError", "maximum recursion depth exceeded");
  }
  const Running running(in, frame);
  while (true) {
    Value exception;
    bool traced = false;
    try {
      if (frame.pending.is_set()) {
        exception = std::move(frame.pending);
      } else {
        return execute(in, frame);
      }
    } catch (Raised& raised) {
      exception = std::move(raised.exception);
      const std::uint32_t word = frame.code->code[frame.instruction];
      const auto op = static_cast<Op>(word & 0xFF);
      traced = op == Op::Reraise || op == Op::Poison || (op == Op::Raise && word >> 8 == 0);
    } catch (LimitReached& limit) {
      if (limit.trace.size() < 64) limit.trace.push_back({frame.code_holder, frame.instruction});
      throw;
    } catch (...) {
      exception = current_exception(in);
    }
    auto* object = exception.as<ExceptionObject>();
    if (!traced && object->trace.size() < 4096) {
      object->trace.push_back({frame.code_holder, frame.instruction});
    }
    if (!find_handler(frame, exception)) throw Raised{std::move(exception)};
  }
}

void prepare_frame(Interpreter& in, Frame& frame, Code& code, Dict& globals) {
  frame.code = &code;
  frame.code_holder = Value(static_cast<Object*>(&code));
  frame.globals = &globals;
  frame.globals_holder = Value(static_cast<Object*>(&globals));
  const std::size_t cells = code.cells.size() + code.frees.size();
  frame.slots.resize(code.locals.size() + cells + code.stack_size + 2);
  frame.cells = frame.slots.data() + code.locals.size();
  frame.stack = frame.top = frame.cells + cells;
  for (std::size_t i = 0; i < code.cells.size(); ++i) frame.cells[i] = make<Cell>(types(in).cell);
}

namespace {

void fill_cells(Frame& frame, const Function& function) {
  const Code& code = *frame.code;
  for (std::size_t i = 0; i < code.cells.size(); ++i) {
    const std::int32_t slot = code.cell_parameters[i];
    if (slot >= 0)
      frame.cells[i].as<Cell>()->value = std::move(frame.slots[static_cast<std::size_t>(slot)]);
  }
  for (std::size_t i = 0; i < code.frees.size() && i < function.closure.size(); ++i) {
    frame.cells[code.cells.size() + i] = function.closure[i];
  }
}

}  // namespace

Value run_code(Interpreter& in, Code& code, Dict& globals, Dict& own_names) {
  Frame frame;
  prepare_frame(in, frame, code, globals);
  frame.names = Value(static_cast<Object*>(&own_names));
  return run(in, frame);
}

Value run_class_body(Interpreter& in, Function& body, const Value& own_names) {
  Frame frame;
  prepare_frame(in, frame, body.code(), body.globals());
  frame.function = Value(static_cast<Object*>(&body));
  frame.names = own_names;
  fill_cells(frame, body);
  return run(in, frame);
}

Value call_function(Interpreter& in, Function& function, const Value* self,
                    const Arguments& arguments) {
  Code& code = function.code();
  if (code.later != nullptr) compile_later(in, code);
  const auto enter = [&](Frame& frame) {
    prepare_frame(in, frame, code, function.globals());
    frame.function = Value(static_cast<Object*>(&function));
    bind_arguments(in, code.parameters, function.qualified_name->view(), function.defaults,
                   function.keyword_defaults, self, arguments, frame.slots.data());
    fill_cells(frame, function);
  };
  if (code.generator) {
    Value holder = make<Generator>(types(in).generator);
    enter(holder.as<Generator>()->frame);
    return holder;
  }
  Frame frame;
  enter(frame);
  return run(in, frame);
}

}  // namespace cupel::python
