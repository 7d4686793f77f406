// SPDX-License-Identifier: MIT
// What a Python program computes with: a Value of 16 bytes, and the objects on the heap behind it.
//
// Lifetime: objects are counted; whoever holds a Value keeps its object alive. A Value must not
// outlive its Interpreter, and an interpreter with all its values belongs to one thread at a time.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "cupel/base/export.hpp"

namespace cupel::python {

class Class;
class Dict;
class Heap;
class Object;

/// What a Value holds itself. Everything else is Object.
enum class Kind : std::uint8_t {
  Unset,  ///< no value at all: a missing argument, an unbound variable; never seen by scripts
  None,
  NotImplemented,
  Ellipsis,
  Bool,
  Int,
  Float,
  Object,
};

/// How an object is built in memory; instances of a script's subclass of `str` have layout Str,
/// too.
enum class Layout : std::uint8_t {
  Instance,
  Int,    ///< beyond 64 bits, or of a subclass of int
  Float,  ///< of a subclass of float
  Str,
  Bytes,
  List,
  Tuple,
  Dict,
  Set,
  Range,
  Slice,
  Iterator,
  DictView,
  Cell,
  Code,
  Function,
  Native,
  Method,
  GetSet,
  Property,
  StaticMethod,
  ClassMethod,
  Super,
  Class,
  Module,
  Generator,
  Exception,
  Lazy,
};

class CUPEL_API Value {
 public:
  constexpr Value() noexcept : kind_(Kind::Unset), int_(0) {}
  // NOLINTBEGIN(google-explicit-constructor): these are the values themselves
  template <std::same_as<bool> T>
  constexpr Value(T value) noexcept : kind_(Kind::Bool), int_(value ? 1 : 0) {}
  template <std::integral T>
  requires(!std::same_as<T, bool> && !std::same_as<T, char>) constexpr Value(T value) noexcept
      : kind_(Kind::Int), int_(static_cast<std::int64_t>(value)) {}
  constexpr Value(double value) noexcept : kind_(Kind::Float), float_(value) {}
  inline Value(Object* object) noexcept;
  // NOLINTEND(google-explicit-constructor)
  inline Value(const Value& other) noexcept;
  Value(Value&& other) noexcept : kind_(other.kind_), int_(other.int_) {
    other.kind_ = Kind::Unset;
  }
  inline ~Value();
  Value& operator=(const Value& other) noexcept {
    Value copy(other);
    swap(copy);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    Value moved(std::move(other));
    swap(moved);
    return *this;
  }
  void swap(Value& other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(int_, other.int_);
  }

  static Value none() { return Value(Kind::None); }
  static Value not_implemented() { return Value(Kind::NotImplemented); }
  static Value ellipsis() { return Value(Kind::Ellipsis); }

  Kind kind() const { return kind_; }
  bool is_set() const { return kind_ != Kind::Unset; }
  bool is_none() const { return kind_ == Kind::None; }
  bool is_object() const { return kind_ == Kind::Object; }
  bool is_bool() const { return kind_ == Kind::Bool; }
  /// An inline integer (no bool).
  bool is_small_int() const { return kind_ == Kind::Int; }
  bool is_float() const { return kind_ == Kind::Float; }
  bool is(Layout layout) const;

  bool boolean() const { return int_ != 0; }
  std::int64_t integer() const { return int_; }
  double real() const { return float_; }
  Object* object() const { return object_; }
  /// The same thing: Python's `is`.
  bool same(const Value& other) const { return kind_ == other.kind_ && int_ == other.int_; }
  /// The object as T if its layout is T's, else null.
  template <class T>
  T* as() const {
    return is(T::kLayout) ? static_cast<T*>(object_) : nullptr;
  }

 private:
  explicit constexpr Value(Kind kind) noexcept : kind_(kind), int_(0) {}
  Kind kind_;
  union {
    std::int64_t int_;
    double float_;
    Object* object_;
  };
};

/// Base of everything on the heap.
class CUPEL_API Object {
 public:
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object();

  Layout layout() const { return layout_; }
  Class* cls() const { return cls_; }
  /// Instance attributes; null until the first one is set, and for classes without any.
  Dict* attributes() const { return attributes_; }
  Dict& make_attributes();
  /// Drops what this object refers to, at the end of the interpreter.
  virtual void clear();

  static void* operator new(std::size_t size);
  static void operator delete(void* memory, std::size_t size);

 protected:
  Object(Class* cls, Layout layout);
  Object(Heap& heap, Layout layout);  ///< for the first classes

 private:
  friend class Value;
  friend class Heap;
  friend class Class;
  void release() {
    if (--references_ == 0) dispose();
  }
  void dispose();

  std::uint32_t references_ = 0;
  Layout layout_;
  bool immortal_ = false;
  Class* cls_ = nullptr;
  Dict* attributes_ = nullptr;
  Object* previous_ = nullptr;
  Object* next_ = nullptr;
};

inline Value::Value(Object* object) noexcept : kind_(Kind::Object), object_(object) {
  ++object->references_;
}
inline Value::Value(const Value& other) noexcept : kind_(other.kind_), int_(other.int_) {
  if (kind_ == Kind::Object) ++object_->references_;
}
inline Value::~Value() {
  if (kind_ == Kind::Object) object_->release();
}
inline bool Value::is(Layout layout) const {
  return kind_ == Kind::Object && object_->layout_ == layout;
}

/// Memory that counts towards the interpreter's limit; throws LimitReached above it.
CUPEL_API void* counted_allocate(std::size_t bytes);
CUPEL_API void counted_release(void* memory, std::size_t bytes) noexcept;

template <class T>
struct Counted {
  using value_type = T;
  Counted() = default;
  template <class U>
  Counted(const Counted<U>&) {}  // NOLINT(google-explicit-constructor): as every allocator
  T* allocate(std::size_t n) {
    if (n > SIZE_MAX / sizeof(T)) return static_cast<T*>(counted_allocate(SIZE_MAX));
    return static_cast<T*>(counted_allocate(n * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t n) noexcept { counted_release(memory, n * sizeof(T)); }
  bool operator==(const Counted&) const { return true; }
};

}  // namespace cupel::python
