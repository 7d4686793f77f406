// SPDX-License-Identifier: MIT
// See backup_record.hpp.
#include "command/backup_record.hpp"

#include <fmt/core.h>

#include <charconv>

#include "cupel/base/text.hpp"

namespace cupel::command {
namespace {

constexpr std::string_view kFirstLine = "cupel backup 1";

/// One line, whatever a name holds.
std::string escape(std::string text) {
  text = text::replace_all(std::move(text), "%", "%25");
  return text::replace_all(std::move(text), "\n", "%0A");
}
std::string unescape(std::string text) {
  text = text::replace_all(std::move(text), "%0A", "\n");
  return text::replace_all(std::move(text), "%25", "%");
}

InputError damaged(const std::string& path, std::size_t line) {
  return {{path, line, 0},
          "this is not what cupel writes beside a backup",
          "take another backup; this one's file may still be of use to the database's own tools"};
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& path) : path_(&path) {
    for (const std::string& line : text::split(text, '\n')) {
      ++number_;
      if (line.empty()) continue;
      number_ == 1 ? require(line == kFirstLine) : take(line);
    }
    require(!record_.dialect.empty() && record_.checksum.size() == 32);
  }
  BackupRecord record() && { return std::move(record_); }

 private:
  void require(bool is_right) const {
    if (!is_right) throw damaged(*path_, number_);
  }

  template <typename Number>
  Number number(std::string_view text) const {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    require(error == std::errc() && end == text.data() + text.size());
    return value;
  }

  void take(const std::string& line) {
    const std::size_t colon = line.find(": ");
    require(colon != std::string::npos);
    const std::string key = line.substr(0, colon);
    const std::string value = unescape(line.substr(colon + 2));
    if (key == "dialect") {
      record_.dialect = value;
    } else if (key == "database") {
      record_.database = value;
    } else if (key == "created") {
      record_.created = value;
    } else if (key == "made_by") {
      record_.made_by = value;
    } else if (key == "revision") {
      record_.revisions.push_back(value);
    } else if (key == "size") {
      record_.size = number<std::uint64_t>(value);
    } else if (key == "checksum") {
      record_.checksum = value;
    } else {
      const std::size_t space = value.find(' ');
      require(key == "rows" && space != std::string::npos);
      record_.rows.emplace_back(value.substr(space + 1),
                                number<std::int64_t>(std::string_view(value).substr(0, space)));
    }
  }

  const std::string* path_;
  std::size_t number_ = 0;
  BackupRecord record_;
};

}  // namespace

std::string record_path(const std::string& backup) { return backup + ".info"; }

std::string to_text(const BackupRecord& record) {
  std::string text = fmt::format(
      "{}\ndialect: {}\ndatabase: {}\ncreated: {}\nmade_by: {}\nsize: {}\nchecksum: {}\n",
      kFirstLine, record.dialect, escape(record.database), record.created, escape(record.made_by),
      record.size, record.checksum);
  for (const std::string& id : record.revisions) text += "revision: " + escape(id) + "\n";
  for (const auto& [table, rows] : record.rows)
    text += fmt::format("rows: {} {}\n", rows, escape(table));
  return text;
}

BackupRecord parse_backup_record(std::string_view text, const std::string& path) {
  return Parser(text, path).record();
}

}  // namespace cupel::command
