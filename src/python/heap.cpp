// SPDX-License-Identifier: MIT
// See heap.hpp and value.hpp.
#include "python/heap.hpp"

#include <cstdlib>
#include <limits>
#include <new>

#include "python/unicode.hpp"

namespace cupel::python {
namespace {

struct MemoryCount {
  std::int64_t used = 0;
  std::int64_t limit = std::numeric_limits<std::int64_t>::max();
  std::size_t megabytes = 0;
};
thread_local MemoryCount memory_count;

}  // namespace

void* counted_allocate(std::size_t bytes) {
  MemoryCount& count = memory_count;
  if (bytes > static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max() / 2) ||
      count.used + static_cast<std::int64_t>(bytes) > count.limit) {
    throw LimitReached{
        "the script needs more than " + std::to_string(count.megabytes) + " MB of memory", {}};
  }
  void* memory = ::operator new(bytes);
  count.used += static_cast<std::int64_t>(bytes);
  return memory;
}

void counted_release(void* memory, std::size_t bytes) noexcept {
  memory_count.used -= static_cast<std::int64_t>(bytes);
  ::operator delete(memory);
}

// --- objects ----------------------------------------------------------------------------------

void* Object::operator new(std::size_t size) { return counted_allocate(size); }
void Object::operator delete(void* memory, std::size_t size) { counted_release(memory, size); }

Object::Object(Class* cls, Layout layout) : layout_(layout), cls_(cls) { cls->heap().add(this); }
Object::Object(Heap& heap, Layout layout) : layout_(layout) { heap.add(this); }

Object::~Object() {
  if (attributes_ != nullptr) attributes_->release();
}

Dict& Object::make_attributes() {
  if (attributes_ == nullptr) {
    auto* made = new Dict(cls_->heap().dict_class);
    ++made->references_;
    attributes_ = made;
  }
  return *attributes_;
}

void Object::clear() {}

void Object::dispose() {
  if (immortal_) {
    ++references_;
    return;
  }
  cls_->heap().dispose(this);
}

NativeData::~NativeData() = default;

void List::clear() { Values().swap(items); }
void Tuple::clear() { Values().swap(items); }
void Dict::clear() { table.clear(); }
void Set::clear() { table.clear(); }
void Instance::clear() { data.reset(); }
void SliceObject::clear() { start = stop = step = {}; }
void ExceptionObject::clear() {
  Values().swap(args);
  cause = context = value = {};
  trace.clear();
}
void Function::clear() {
  Values().swap(defaults);
  Values().swap(keyword_defaults);
  Values().swap(closure);
  annotations = doc = module = {};
  code_holder_ = globals_holder_ = {};
}
void Generator::clear() {
  Values().swap(frame.slots);
  frame.top = frame.stack = frame.cells = nullptr;
  frame.code_holder = frame.function = frame.globals_holder = frame.names = frame.handled =
      frame.pending = {};
  result = {};
  state = State::Done;
}

// --- classes and modules ----------------------------------------------------------------------

Class::Class(Class* metaclass, Heap& heap, Str* name, std::vector<Class*> bases, Dict* dict)
    : Object(heap, kLayout),
      heap_(heap),
      name_(name),
      bases_(std::move(bases)),
      dict_(dict),
      dict_holder_(dict) {
  cls_ = metaclass;
  immortal_ = true;
  references_ = 1;
  linearize();
  for (Class* base : bases_) {
    base->subclasses.push_back(this);
    instance_layout_ =
        base->instance_layout_ != Layout::Instance ? base->instance_layout_ : instance_layout_;
    has_attributes = has_attributes || base->has_attributes;
    frozen_set = frozen_set || base->frozen_set;
  }
}

Class::Class(Heap& heap) : Object(heap, kLayout), heap_(heap) {
  immortal_ = true;
  references_ = 1;
}

Class::~Class() = default;

void Class::clear() { dict_->clear(); }

void Class::set_name(Str* name) { name_ = name; }

bool Class::is_subclass_of(const Class& other) const {
  if (this == &other) return true;
  for (const Class* cls : mro_) {
    if (cls == &other) return true;
  }
  return false;
}

// C3: merges the bases' orders and the bases themselves. Leaves mro_ empty if there is no order.
void Class::linearize() {
  std::vector<std::vector<Class*>> rows;
  for (const Class* base : bases_) rows.push_back(base->mro_);
  rows.push_back(bases_);
  std::vector<Class*> order{this};
  const auto in_tail = [&](const Class* candidate) {
    for (const auto& row : rows) {
      for (std::size_t i = 1; i < row.size(); ++i) {
        if (row[i] == candidate) return true;
      }
    }
    return false;
  };
  while (true) {
    Class* chosen = nullptr;
    bool left = false;
    for (const auto& row : rows) {
      if (row.empty()) continue;
      left = true;
      if (!in_tail(row[0])) {
        chosen = row[0];
        break;
      }
    }
    if (!left) break;
    if (chosen == nullptr) return;
    order.push_back(chosen);
    for (auto& row : rows) {
      if (!row.empty() && row[0] == chosen) row.erase(row.begin());
    }
  }
  mro_ = std::move(order);
}

const Value* Class::lookup(Str* name) const {
  const auto walk = [&]() -> const Value* {
    for (const Class* cls : mro_) {
      if (const Value* found = cls->dict_->table.find(*name)) return found;
    }
    return nullptr;
  };
  if (!name->interned()) return walk();
  bool known = false;
  const Value* found = heap_.cached(this, name, known);
  if (known) return found;
  found = walk();
  heap_.cache(this, name, found);
  return found;
}

void Class::set(Str* name, Value value) {
  heap_.forget();
  dict_->table.set(name, std::move(value));
}

bool Class::erase(Str* name) {
  heap_.forget();
  return dict_->table.erase(*name).is_set();
}

Module::Module(Class* cls, Str* name, Dict* dict)
    : Object(cls, kLayout), name_(name), dict_(dict), dict_holder_(dict) {}

void Module::clear() {
  dict_->clear();
  fill = nullptr;
}

// --- the heap ---------------------------------------------------------------------------------

Heap::Heap(Interpreter& in, std::size_t max_memory)
    : in(in), max_memory_(max_memory), memory_before_(memory_count.used) {
  enter();
}

Heap::First Heap::make_first_classes() {
  const First first{new Class(*this), new Class(*this), new Class(*this), new Class(*this)};
  str_class = first.str;
  dict_class = first.dict;
  const auto complete = [&](Class* cls, std::string_view name, std::vector<Class*> bases) {
    cls->cls_ = first.type;
    cls->name_ = intern(name);
    cls->bases_ = std::move(bases);
    cls->dict_ = new Dict(dict_class);
    cls->dict_holder_ = Value(static_cast<Object*>(cls->dict_));
    cls->linearize();
    for (Class* base : cls->bases_) base->subclasses.push_back(cls);
  };
  complete(first.object, "object", {});
  complete(first.type, "type", {first.object});
  complete(first.str, "str", {first.object});
  complete(first.dict, "dict", {first.object});
  return first;
}

void Heap::enter() {
  memory_count.megabytes = max_memory_ >> 20;
  memory_count.limit =
      max_memory_ > static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max() / 2)
          ? std::numeric_limits<std::int64_t>::max()
          : memory_before_ + static_cast<std::int64_t>(max_memory_);
}

void Heap::add(Object* object) {
  object->next_ = first_;
  if (first_ != nullptr) first_->previous_ = object;
  first_ = object;
}

// Destruction never recurses: what becomes free while something is destroyed waits for its turn.
void Heap::dispose(Object* object) {
  if (object->previous_ != nullptr) {
    object->previous_->next_ = object->next_;
  } else {
    first_ = object->next_;
  }
  if (object->next_ != nullptr) object->next_->previous_ = object->previous_;
  object->next_ = dead_;
  dead_ = object;
  if (!draining_) drain();
}

void Heap::drain() {
  draining_ = true;
  while (dead_ != nullptr) {
    Object* object = dead_;
    dead_ = object->next_;
    delete object;
  }
  draining_ = false;
}

// Circles are opened by letting every object drop what it refers to; classes go last, since every
// object needs its own.
Heap::~Heap() {
  ending_ = true;
  memory_count.limit = std::numeric_limits<std::int64_t>::max();
  std::vector<Object*> all;
  for (Object* object = first_; object != nullptr; object = object->next_) {
    ++object->references_;
    all.push_back(object);
  }
  for (Object* object : all) {
    object->clear();
    if (object->attributes_ != nullptr) object->attributes_->clear();
  }
  std::vector<Object*> classes;
  for (Object* object : all) {
    if (object->layout() == Layout::Class) {
      classes.push_back(object);
    } else {
      object->release();
    }
  }
  for (Object* object : classes) {
    if (object->attributes_ != nullptr) {
      object->attributes_->release();
      object->attributes_ = nullptr;
    }
    static_cast<Class*>(object)->dict_holder_ = {};
  }
  // Interned names and what an embedder still holds.
  for (auto& [text, str] : interned_) str->release();
  for (Object* object : classes) delete object;
}

Str* Heap::intern(std::string_view text) {
  const auto it = interned_.find(text);
  if (it != interned_.end()) return it->second;
  auto* made = new Str(str_class, Text(text));
  made->interned_ = true;
  ++made->references_;
  interned_.emplace(made->view(), made);
  return made;
}

std::size_t Heap::slot_of(const Class* cls, const Str* name) {
  const auto a = reinterpret_cast<std::uintptr_t>(cls) >> 4;
  const auto b = reinterpret_cast<std::uintptr_t>(name) >> 4;
  return (a * 31 + b * 0x9E3779B1U) >> 3 & 4095;
}

const Value* Heap::cached(const Class* cls, const Str* name, bool& known) const {
  const Cached& entry = cache_[slot_of(cls, name)];
  known = entry.cls == cls && entry.name == name && entry.epoch == epoch_;
  return known ? entry.value : nullptr;
}

void Heap::cache(const Class* cls, const Str* name, const Value* value) {
  cache_[slot_of(cls, name)] = {cls, name, value, epoch_};
}

}  // namespace cupel::python
