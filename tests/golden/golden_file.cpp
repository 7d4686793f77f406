// SPDX-License-Identifier: MIT
#include "golden/golden_file.hpp"

#include <fstream>
#include <stdexcept>

namespace cupel::golden {
namespace {

constexpr const char* kIndent = "    ";
constexpr const char* kDiffers = " differs: ";
constexpr const char* kWrites = " writes:";
const std::string kNotApplicable = "not applicable: ";

bool starts_with(const std::string& text, const std::string& prefix) {
  return text.rfind(prefix, 0) == 0;
}

/// Adds one line of a file to the entry that it belongs to.
class Reader {
 public:
  explicit Reader(std::vector<Entry>& entries) : entries_(entries) {}

  void line(const std::string& text) {
    if (text.empty()) return;
    if (starts_with(text, "## ")) {
      entries_.push_back({std::stoi(text.substr(3)), {}, {}, {}});
      target_ = &entries_.back().call;
      return;
    }
    if (entries_.empty()) throw std::runtime_error("text before the first case: " + text);
    if (!starts_with(text, kIndent) && heading(text)) return;
    const bool is_call = target_ == &entries_.back().call;
    if (!is_call && !starts_with(text, kIndent)) throw std::runtime_error("not indented: " + text);
    target_->push_back(is_call ? text : text.substr(4));
  }

 private:
  bool heading(const std::string& text) {
    if (starts_with(text, kNotApplicable)) {
      entries_.back().not_applicable = text.substr(kNotApplicable.size());
      return true;
    }
    for (const char* name : {"postgresql", "sqlite"}) {
      Expectation& expectation = entries_.back().dialects[name];
      const std::string differs = name + std::string(kDiffers);
      if (text == std::string(name) + ":") {
        target_ = &expectation.alembic.emplace();
        return true;
      }
      if (text == name + std::string(kWrites)) {
        target_ = &expectation.cupel;
        return true;
      }
      if (starts_with(text, differs)) {
        expectation.reason = text.substr(differs.size());
        target_ = &expectation.cupel;
        return true;
      }
    }
    return false;
  }

  std::vector<Entry>& entries_;
  Lines* target_ = nullptr;
};

void write_lines(std::ostream& out, const std::string& heading, const Lines& lines) {
  out << heading << "\n";
  for (const std::string& line : lines) out << kIndent << line << "\n";
}

}  // namespace

std::vector<Entry> read_golden(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::vector<Entry> entries;
  Reader reader(entries);
  for (std::string line; std::getline(in, line);) reader.line(line);
  return entries;
}

void write_golden(const std::string& path, const std::vector<Entry>& entries) {
  std::ofstream out(path);
  for (const Entry& entry : entries) {
    if (&entry != &entries.front()) out << "\n";
    out << "## " << entry.number << "\n";
    for (const std::string& line : entry.call) out << line << "\n";
    for (const auto& [dialect, expectation] : entry.dialects) {
      if (expectation.alembic) write_lines(out, dialect + ":", *expectation.alembic);
      if (!expectation.reason.empty()) {
        write_lines(out, dialect + kDiffers + expectation.reason, expectation.cupel);
      } else if (!expectation.alembic && !expectation.cupel.empty()) {
        write_lines(out, dialect + kWrites, expectation.cupel);
      }
    }
    if (!entry.not_applicable.empty()) out << kNotApplicable << entry.not_applicable << "\n";
  }
}

std::string collapsed(const std::string& sql) {
  std::string result;
  for (const char c : sql) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    const char last = result.empty() ? '\0' : result.back();
    if (space && (result.empty() || last == ' ' || last == '(')) continue;
    if (c == ')' && last == ' ') result.pop_back();
    result += space ? ' ' : c;
  }
  return result;
}

}  // namespace cupel::golden
