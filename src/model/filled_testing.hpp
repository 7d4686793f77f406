// SPDX-License-Identifier: MIT
// Values in which no field is at its default, made from the list of all fields: what a round trip
// is tested with.
#pragma once

#include <string>
#include <vector>

#include "model/fields.hpp"

namespace cupel::model {

/// Texts that break whatever forgets to escape.
inline const std::vector<std::string>& nasty_texts() {
  static const std::vector<std::string> kTexts{
      "plain",       "it's",        "say \"hi\"", "back\\slash\\", "two\nlines", "tab\t\r\n",
      "Grüße, 世界", "\U0001F600",  ")\"",        "%s {0} ${x}",   " spaces  ",  "// no comment",
      "/* nor */",   "'); DROP --", "?\?/",       "\x01\x7f\v\f",  "0",          "\xEF\xBB\xBF"};
  return kTexts;
}

/// Fills every field it is shown, each with something else.
class Filler {
 public:
  /// `items` in each list; types nest `depth` deep.
  explicit Filler(std::vector<std::string> texts = nasty_texts(), std::size_t items = 2)
      : texts_(std::move(texts)), items_(items) {}

  template <typename T>
  void operator()(const char*, T& field, const T& = T{}) {
    fill(field);
  }
  void fill(std::string& text) {
    ++count_;
    text = texts_[count_ % texts_.size()] + std::to_string(count_);
  }
  void fill(bool& flag) { flag = !flag; }
  void fill(int& number) { number = static_cast<int>(++count_) + 1; }
  void fill(std::int64_t& number) {
    ++count_;
    number = static_cast<std::int64_t>(count_) * (count_ % 2 == 0 ? 1 : -10'000'000'000);
  }
  void fill(TypeKind& kind) { kind = next(kind, TypeKind::Named); }
  void fill(ExpressionKind& kind) { kind = next(kind, ExpressionKind::Null); }
  void fill(Autoincrement& word) { word = next(word, Autoincrement::No); }
  void fill(NullsOrder& word) { word = next(word, NullsOrder::Last); }
  template <typename T>
  void fill(std::optional<T>& value) {
    value.emplace();
    fill(*value);
  }
  template <typename T>
  void fill(std::vector<T>& list) {
    list.resize(items_);
    for (T& item : list) fill(item);
  }
  void fill(std::vector<Type>& element) {
    if (depth_ > 0) element.resize(1);
    for (Type& type : element) fill(type);
  }
  void fill(std::vector<TypeVariant>& variants) {
    if (depth_ > 0) variants.resize(items_);
    for (TypeVariant& variant : variants) fill(variant);
  }
  void fill(Type& type) {
    --depth_;
    fields(type, *this);
    ++depth_;
  }
  void fill(std::vector<Constraint>& list) {
    list = {PrimaryKey(), UniqueConstraint(), ForeignKey(), CheckConstraint(), ExcludeConstraint()};
    for (Constraint& it : list) std::visit([&](auto& constraint) { fill(constraint); }, it);
  }
  void fill(std::pair<std::string, std::string>& pair) {
    fill(pair.first);
    fill(pair.second);
  }
  void fill(std::map<std::string, std::string>& map) {
    for (std::size_t i = 0; i < items_; ++i) {
      std::pair<std::string, std::string> pair;
      fill(pair);
      map.insert(pair);
    }
  }
  template <typename T>
  requires requires(T& value, Filler& filler) { fields(value, filler); }
  void fill(T& value) { fields(value, *this); }

 private:
  template <typename Word>
  Word next(Word, Word last) {
    return static_cast<Word>(1 + ++count_ % static_cast<std::size_t>(last));
  }
  std::vector<std::string> texts_;
  std::size_t items_;
  std::size_t count_ = 0;
  int depth_ = 3;
};

inline Schema filled_schema(std::size_t items = 2) {
  Schema schema;
  Filler(nasty_texts(), items).fill(schema);
  return schema;
}

}  // namespace cupel::model
