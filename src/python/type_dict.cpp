// SPDX-License-Identifier: MIT
// dict and its views.
#include "python/setup.hpp"

namespace cupel::python {
namespace {

Dict& dict_of(Call& call) {
  Dict* dict = call[0].as<Dict>();
  if (dict == nullptr) type_error(call.in, "descriptor requires a 'dict' object");
  return *dict;
}

Value settled(Interpreter& in, const Value& value) {
  return value.is(Layout::Lazy) ? resolve_lazy(in, value) : value;
}

void update(Call& call, Dict& dict) {
  if (call.has(1)) update_dict(call.in, dict, call[1]);
  const Table& named = call[2].as<Dict>()->table;
  for (std::size_t i = 0; i < named.slots(); ++i) {
    const Table::Entry& entry = named.slot(i);
    if (entry.key.is_set()) dict.table.set(static_cast<Str*>(entry.key.object()), entry.value);
  }
}

Value pop(Call& call) {
  Dict& dict = dict_of(call);
  Value value = dict.table.erase(call.in, call[1]);
  if (value.is_set()) return settled(call.in, value);
  if (!call.has(2)) key_error(call.in, call[1]);
  return call[2];
}

Value view(Call& call, ViewKind kind) {
  const Types& t = types(call.in);
  Class* cls = kind == ViewKind::Keys     ? t.dict_keys
               : kind == ViewKind::Values ? t.dict_values
                                          : t.dict_items;
  dict_of(call);
  return make<DictView>(cls, call[0], kind);
}

Value from_keys(Call& call) {
  Value made = python::call(call.in, call[0], {});
  for_each(call.in, call[1], [&](const Value& key) {
    set_item(call.in, made, key, call[2]);
    return true;
  });
  return made;
}

}  // namespace

void setup_dict(Interpreter& in) {
  ClassSetup(in, types(in).dict)
      .make("__new__(cls, *args, **kwargs)",
            [](Call& call) -> Value { return make<Dict>(call[0].as<Class>()); })
      .method("__init__(self, iterable=..., /, **kwargs)",
              [](Call& call) -> Value {
                update(call, dict_of(call));
                return {};
              })
      .method("update(self, iterable=..., /, **kwargs)",
              [](Call& call) -> Value {
                update(call, dict_of(call));
                return {};
              })
      .method("get(self, key, default=None, /)",
              [](Call& call) -> Value {
                const Value* found = dict_of(call).table.find(call.in, call[1]);
                return found == nullptr ? call[2] : settled(call.in, *found);
              })
      .method("setdefault(self, key, default=None, /)",
              [](Call& call) -> Value {
                if (const Value* found = dict_of(call).table.find(call.in, call[1])) return *found;
                dict_of(call).table.set(call.in, call[1], call[2]);
                return call[2];
              })
      .method("pop(self, key, default=..., /)", pop)
      .method("popitem(self)",
              [](Call& call) -> Value {
                Table::Entry entry;
                if (!dict_of(call).table.pop(true, entry)) {
                  raise_value(call.in, make_exception(call.in, *call.in.exception_class("KeyError"),
                                                      "popitem(): dictionary is empty"));
                }
                return make_tuple(call.in, Values{entry.key, entry.value});
              })
      .method("clear(self)",
              [](Call& call) -> Value {
                dict_of(call).table.clear();
                return {};
              })
      .method("copy(self)",
              [](Call& call) -> Value {
                Value made = make_dict(call.in);
                update_dict(call.in, *made.as<Dict>(), call[0]);
                return made;
              })
      .method("keys(self)", [](Call& call) { return view(call, ViewKind::Keys); })
      .method("values(self)", [](Call& call) { return view(call, ViewKind::Values); })
      .method("items(self)", [](Call& call) { return view(call, ViewKind::Items); })
      .class_method("fromkeys(cls, iterable, value=None, /)", from_keys);
  for (Class* cls : {types(in).dict_keys, types(in).dict_items}) {
    ClassSetup(in, cls).method("isdisjoint(self, other, /)", [](Call& call) -> Value {
      bool apart = true;
      for_each(call.in, call[1], [&](const Value& item) {
        apart = !contains(call.in, call[0], item);
        return apart;
      });
      return Value(apart);
    });
  }
}

}  // namespace cupel::python
