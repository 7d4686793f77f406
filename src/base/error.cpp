// SPDX-License-Identifier: MIT
// How errors read. See error.hpp.
#include "cupel/base/error.hpp"

#include <utility>

namespace cupel {

Error::Error(std::string message, std::string hint)
    : message_(std::move(message)), hint_(std::move(hint)) {
  refresh_line();
}
Error::~Error() = default;

void Error::refresh_line() { line_ = where_.empty() ? message_ : where_ + ": " + message_; }

Error& Error::set_where(std::string where) {
  where_ = std::move(where);
  refresh_line();
  return *this;
}
Error& Error::set_hint(std::string hint) {
  hint_ = std::move(hint);
  return *this;
}
Error& Error::add_note(std::string note) {
  notes_.push_back(std::move(note));
  return *this;
}

std::string Error::to_string() const {
  std::string text = line_;
  for (const std::string& note : notes_) text += "\n  note: " + note;
  if (!hint_.empty()) text += "\n  hint: " + hint_;
  return text;
}

InputError::InputError(FilePosition position, std::string message, std::string hint,
                       std::string source_line)
    : Error(std::move(message), std::move(hint)),
      position_(std::move(position)),
      source_line_(std::move(source_line)) {
  std::string where = position_.file;
  if (position_.line != 0) {
    where += ":" + std::to_string(position_.line);
    if (position_.column != 0) where += ":" + std::to_string(position_.column);
  }
  set_where(std::move(where));
  if (!source_line_.empty()) {
    add_note(source_line_);
  }
}

InputError InputError::unreadable(const std::string& path, const std::string& reason) {
  return {{path}, "cannot read the file: " + reason};
}
InputError InputError::unwritable(const std::string& path, const std::string& reason) {
  return {{path}, "cannot write the file: " + reason};
}

RevisionError::RevisionError(std::string message, std::vector<std::string> ids, std::string hint)
    : Error(std::move(message), std::move(hint)), ids_(std::move(ids)) {}

DatabaseError::DatabaseError(std::string message, Details details, std::string hint)
    : Error(std::move(message), std::move(hint)), details_(std::move(details)) {}

Bug::Bug(std::string message, const char* file, int line)
    : Error("internal error: " + std::move(message) + " [this is a bug]",
            "please report it with what you did; the place is " + std::string(file) + ":" +
                std::to_string(line)) {}

}  // namespace cupel
