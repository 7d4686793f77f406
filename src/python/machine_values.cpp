// SPDX-License-Identifier: MIT
// Taking values apart and putting them together. See machine.hpp.
#include "python/machine.hpp"

namespace cupel::python::machine {

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

void store_annotation(Interpreter& in, Frame& frame, Str* name) {
  const Value annotation = pop(frame);
  Value dict;
  if (!find_name(in, frame, names(in).annotations, dict) || !dict.is(Layout::Dict)) {
    dict = make_dict(in);
    store_name(in, frame, names(in).annotations, dict);
  }
  dict.as<Dict>()->table.set(name, annotation);
}

}  // namespace cupel::python::machine
