// SPDX-License-Identifier: MIT
// Schemas as JSON. See json.hpp, and fields.hpp for what is written. The keys are the fields'
// names, with one exception: an ObjectName that is somebody's own `name` stands flat beside the
// other fields, as "schema" and "name".
#include "cupel/model/json.hpp"

#include <fmt/core.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <span>

#include "cupel/base/text.hpp"
#include "model/enumerators.hpp"
#include "model/fields.hpp"

namespace cupel::model {
namespace {

using Node = nlohmann::ordered_json;

using Pair = std::pair<std::string, std::string>;
using Options = std::map<std::string, std::string>;

/// The key under which a text stands that is no UTF-8, as hexadecimal digits.
constexpr const char* kBytes = "bytes";

Node text_to_json(const std::string& text) {
  if (text::is_utf8(text)) return text;
  std::string digits;
  for (const char c : text) digits += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return {{kBytes, digits}};
}

template <typename T>
Node to_value(const T& value);

/// Adds the fields that are not at their defaults.
struct FieldWriter {
  Node* object;
  template <typename T>
  void operator()(const char* key, const T& value, const T& fallback = T{}) const {
    if (!(value == fallback)) object->emplace(key, to_value(value));
  }
  void operator()(const char* key, const ObjectName& value) const {
    if (key == std::string_view("name")) return fields(value, *this);
    if (value != ObjectName()) object->emplace(key, to_value(value));
  }
};

Node constraint_to_json(const Constraint& constraint) {
  Node object{{"kind", to_string(kind_of(constraint))}};
  std::visit([&](const auto& it) { fields(it, FieldWriter{&object}); }, constraint);
  return object;
}

template <typename T>
Node to_value(const T& value) {
  if constexpr (std::same_as<T, std::string>) {
    return text_to_json(value);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return value;
  } else if constexpr (std::is_enum_v<T>) {
    return enumerators<T>()[static_cast<std::size_t>(value)];
  } else if constexpr (kIsOptional<T>) {
    return to_value(*value);
  } else if constexpr (kIsList<T> || std::same_as<T, Options>) {
    Node list = Node::array();
    for (const auto& item : value) {
      if constexpr (std::same_as<T, Options>) {
        list.push_back(to_value(Pair(item)));
      } else {
        list.push_back(to_value(item));
      }
    }
    return list;
  } else if constexpr (std::same_as<T, Pair>) {
    return Node::array({text_to_json(value.first), text_to_json(value.second)});
  } else if constexpr (std::same_as<T, Constraint>) {
    return constraint_to_json(value);
  } else {
    Node object = Node::object();
    fields(value, FieldWriter{&object});
    return object;
  }
}

/// Where a value stands: a chain up the stack, spelled only for an error.
struct Place {
  const Place* up = nullptr;
  const char* key = nullptr;
  std::size_t index = 0;
  int depth = 0;

  Place at(const char* inner) const { return {this, inner, 0, depth + 1}; }
  Place at(std::size_t inner) const { return {this, nullptr, inner, depth + 1}; }
  std::string to_string() const {
    if (up == nullptr) return "";
    const std::string outer = up->to_string();
    if (key == nullptr) return fmt::format("{}[{}]", outer, index);
    return outer.empty() ? key : outer + "." + key;
  }
};

/// Texts are ours, so that depth is only what an attacker makes of it.
constexpr int kMaxDepth = 200;

class Reader {
 public:
  explicit Reader(const std::string& where) : where_(&where) {}

  template <typename T>
  T read(const Node& json, const Place& place) const {
    if (place.depth > kMaxDepth) fail(place, "nested too deep");
    if constexpr (std::same_as<T, std::string>) {
      return read_text(json, place);
    } else if constexpr (std::same_as<T, bool>) {
      if (!json.is_boolean()) expected("true or false", json, place);
      return json.get<bool>();
    } else if constexpr (std::is_integral_v<T>) {
      return read_number<T>(json, place);
    } else if constexpr (std::is_enum_v<T>) {
      return static_cast<T>(read_word(enumerators<T>(), json, place));
    } else if constexpr (kIsOptional<T>) {
      return read<typename T::value_type>(json, place);
    } else if constexpr (kIsList<T>) {
      return read_list<typename T::value_type>(json, place);
    } else if constexpr (std::same_as<T, Options>) {
      Options options;
      for (Pair& pair : read_list<Pair>(json, place)) options.insert(std::move(pair));
      return options;
    } else if constexpr (std::same_as<T, Pair>) {
      if (!json.is_array() || json.size() != 2) expected("a list of two texts", json, place);
      return {read_text(json[0], place.at(std::size_t{0})),
              read_text(json[1], place.at(std::size_t{1}))};
    } else if constexpr (std::same_as<T, Constraint>) {
      return read_constraint(json, place);
    } else {
      T value;
      read_fields(value, json, place);
      return value;
    }
  }

  [[noreturn]] void fail(const Place& place, const std::string& what) const {
    const std::string at = place.to_string();
    throw InputError({*where_}, at.empty() ? what : at + ": " + what);
  }

 private:
  /// Takes a struct's fields out of an object and counts them.
  struct FieldReader {
    const Reader* reader;
    const Node* object;
    const Place* place;
    std::size_t* taken;
    template <typename T>
    void operator()(const char* key, T& value, const T& fallback = T{}) const {
      const auto found = object->find(key);
      if (found == object->end()) {
        value = fallback;
        return;
      }
      value = reader->read<T>(*found, place->at(key));
      ++*taken;
    }
    void operator()(const char* key, ObjectName& value) const {
      if (key == std::string_view("name")) return fields(value, *this);
      (*this)(key, value, ObjectName());
    }
  };
  /// Only collects the keys, for the message about one that does not exist.
  struct FieldNames {
    std::vector<std::string>* names;
    template <typename T>
    void operator()(const char* key, const T& value, const T& = T{}) const {
      if constexpr (std::same_as<T, ObjectName>) {
        if (key == std::string_view("name")) return fields(value, *this);
      }
      names->emplace_back(key);
    }
  };

  template <typename T>
  void read_fields(T& value, const Node& json, const Place& place, std::size_t taken = 0) const {
    if (!json.is_object()) expected("an object", json, place);
    std::vector<std::string> names;
    if (taken > 0) names.emplace_back("kind");
    fields(value, FieldReader{this, &json, &place, &taken});
    if (taken == json.size()) return;
    fields(std::as_const(value), FieldNames{&names});
    for (const auto& [key, ignored] : json.items()) {
      if (std::find(names.begin(), names.end(), key) == names.end()) unknown(key, names, place);
    }
  }

  Constraint read_constraint(const Node& json, const Place& place) const {
    if (!json.is_object() || !json.contains("kind")) expected("a constraint", json, place);
    const Place at = place.at("kind");
    const std::string word = read_text(json["kind"], at);
    Constraint constraint;
    try {
      constraint = empty_constraint(parse_constraint_kind(word));
    } catch (const UsageError& error) {
      fail(at, error.message());
    }
    std::visit([&](auto& it) { read_fields(it, json, place, 1); }, constraint);
    return constraint;
  }

  static Constraint empty_constraint(ConstraintKind kind) {
    switch (kind) {
      case ConstraintKind::Primary:
        return PrimaryKey();
      case ConstraintKind::Unique:
        return UniqueConstraint();
      case ConstraintKind::Foreign:
        return ForeignKey();
      case ConstraintKind::Check:
        return CheckConstraint();
      case ConstraintKind::Exclude:
        return ExcludeConstraint();
    }
    throw Bug("a constraint of no kind");
  }

  template <typename T>
  std::vector<T> read_list(const Node& json, const Place& place) const {
    if (!json.is_array()) expected("a list", json, place);
    std::vector<T> list;
    list.reserve(json.size());
    for (const Node& item : json) list.push_back(read<T>(item, place.at(list.size())));
    return list;
  }

  template <typename T>
  T read_number(const Node& json, const Place& place) const {
    constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<T>::max());
    const bool fits =
        json.is_number_unsigned()
            ? json.get<std::uint64_t>() <= kMax
            : json.is_number_integer() && json.get<std::int64_t>() >= std::numeric_limits<T>::min();
    if (!fits) expected(fmt::format("a whole number of {} bits", sizeof(T) * 8), json, place);
    return json.get<T>();
  }

  std::string read_text(const Node& json, const Place& place) const {
    if (json.is_string()) return json.get_ref<const std::string&>();
    if (!json.is_object() || json.size() != 1 || !json.contains(kBytes))
      expected("a text", json, place);
    const Node& digits = json[kBytes];
    if (!digits.is_string() || digits.get_ref<const std::string&>().size() % 2 != 0)
      expected("hexadecimal digits", digits, place.at(kBytes));
    return bytes_of(digits.get_ref<const std::string&>(), place.at(kBytes));
  }

  std::string bytes_of(const std::string& digits, const Place& place) const {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
      const std::size_t high = kDigits.find(digits[i]);
      const std::size_t low = kDigits.find(digits[i + 1]);
      if (high == kDigits.npos || low == kDigits.npos)
        expected("hexadecimal digits", Node(digits), place);
      text += static_cast<char>(high * 16 + low);
    }
    return text;
  }

  std::size_t read_word(std::span<const std::string_view> words, const Node& json,
                        const Place& place) const {
    const std::string word = read_text(json, place);
    const auto found = std::find(words.begin(), words.end(), word);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    unknown(word, {words.begin(), words.end()}, place);
  }

  [[noreturn]] void unknown(const std::string& word, const std::vector<std::string>& known,
                            const Place& place) const {
    const std::string near = text::nearest(word, known);
    fail(place, fmt::format("unknown word '{}', expected {}", word,
                            near.empty() ? "one of " + text::quoted_list(known)
                                         : fmt::format("perhaps '{}'", near)));
  }
  [[noreturn]] void expected(std::string_view what, const Node& got, const Place& place) const {
    std::string shown = got.dump(-1, ' ', false, Node::error_handler_t::replace);
    if (shown.size() > 40) shown = std::string("this ") + got.type_name();
    fail(place, fmt::format("expected {}, got {}", what, shown));
  }

  const std::string* where_;
};

}  // namespace

std::string to_json(const Schema& schema, int indent) { return to_value(schema).dump(indent); }

Schema from_json(std::string_view json, const std::string& where) {
  Node parsed;
  try {
    parsed = Node::parse(json);
  } catch (const Node::parse_error& error) {
    const std::size_t offset = error.byte == 0 ? 0 : error.byte - 1;
    throw InputError(text::position_at(json, std::min(offset, json.size()), where),
                     "not JSON that cupel has written", "make it anew");
  }
  return Reader(where).read<Schema>(parsed, {});
}

}  // namespace cupel::model
