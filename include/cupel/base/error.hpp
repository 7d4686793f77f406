// SPDX-License-Identifier: MIT
// Errors as data: eight classes, each because a caller reacts differently. A message that several
// places say is made by a named function (InputError::unreadable(), revision/errors.hpp), so that
// its text lives in one place.
//
// A message reads `<where>: <what is wrong, lower case, no final period, names in 'quotes'>`,
// followed by notes (context added on the way up) and a hint (what to type next).
#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/export.hpp"

namespace cupel {

/// Root of everything that cupel throws. what() is the first line, `<where>: <message>`;
/// to_string() adds notes and hint on lines of their own.
class CUPEL_API Error : public std::exception {
 public:
  explicit Error(std::string message, std::string hint = {});
  ~Error() override;
  Error(const Error&) = default;
  Error& operator=(const Error&) = default;

  const char* what() const noexcept override { return line_.c_str(); }
  /// What is wrong, without place, notes and hint.
  const std::string& message() const { return message_; }
  /// `file:line:column`, a revision, or empty.
  const std::string& where() const { return where_; }
  /// What to type or change next; empty when there is nothing better than the message.
  const std::string& hint() const { return hint_; }
  const std::vector<std::string>& notes() const { return notes_; }

  Error& set_where(std::string where);
  Error& set_hint(std::string hint);
  /// Adds context while unwinding, lowest level first.
  Error& add_note(std::string note);

  /// All of it, several lines, no final newline.
  std::string to_string() const;
  /// A stable name for programs: "usage", "input", "revision", "database", "not_supported",
  /// "interrupted", "bug", "error", or "destructive" (migrate/loss.hpp).
  virtual std::string_view kind() const { return "error"; }

 private:
  void refresh_line();
  std::string message_;
  std::string where_;
  std::string hint_;
  std::vector<std::string> notes_;
  std::string line_;
};

/// Arguments or configuration are wrong; nothing was touched. For a wrong file's content use
/// InputError.
class CUPEL_API UsageError : public Error {
 public:
  using Error::Error;
  std::string_view kind() const override { return "usage"; }
};

/// A place in a text file; line and column count from 1, 0 means unknown.
struct FilePosition {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
  bool operator==(const FilePosition&) const = default;
};

/// A file of the user's is wrong. Carries the place and, if known, the source line (shown with a
/// caret).
class CUPEL_API InputError : public Error {
 public:
  InputError(FilePosition position, std::string message, std::string hint = {},
             std::string source_line = {});
  std::string_view kind() const override { return "input"; }
  const FilePosition& position() const { return position_; }
  const std::string& source_line() const { return source_line_; }

  /// The file could not be read or written at all.
  static InputError unreadable(const std::string& path, const std::string& reason);
  static InputError unwritable(const std::string& path, const std::string& reason);

 private:
  FilePosition position_;
  std::string source_line_;
};

/// The graph cannot answer: unknown, ambiguous, several heads, cycle. Message makers are in
/// revision/errors.hpp.
class CUPEL_API RevisionError : public Error {
 public:
  RevisionError(std::string message, std::vector<std::string> ids, std::string hint = {});
  std::string_view kind() const override { return "revision"; }
  /// The ids that the message speaks of, in its order.
  const std::vector<std::string>& ids() const { return ids_; }

 private:
  std::vector<std::string> ids_;
};

/// The server refused, or could not be reached.
class CUPEL_API DatabaseError : public Error {
 public:
  struct Details {
    std::string sqlstate;          ///< five characters on PostgreSQL, empty elsewhere
    int native_code = 0;           ///< SQLite's extended code, MySQL's errno; 0 if none
    std::string statement;         ///< the SQL that was refused, if any
    std::size_t offset = 0;        ///< byte offset of the error in `statement` plus 1; 0 if unknown
    bool connection_lost = false;  ///< the session is gone
    bool retryable =
        false;  ///< lock timeout, busy, deadlock, serialization failure: the same again may work
    std::string detail;  ///< the server's DETAIL, if any
  };
  DatabaseError(std::string message, Details details, std::string hint = {});
  std::string_view kind() const override { return "database"; }
  const Details& details() const { return details_; }
  const std::string& sqlstate() const { return details_.sqlstate; }
  bool connection_lost() const { return details_.connection_lost; }
  bool retryable() const { return details_.retryable; }

 private:
  Details details_;
};

/// This database cannot do this operation; the hint names the alternative.
class CUPEL_API NotSupported : public Error {
 public:
  using Error::Error;
  std::string_view kind() const override { return "not_supported"; }
};

/// The user asked to stop (Ctrl-C); what was open has been rolled back.
class CUPEL_API Interrupted : public Error {
 public:
  using Error::Error;
  std::string_view kind() const override { return "interrupted"; }
};

/// Our own invariant broke. The hint asks for a report.
class CUPEL_API Bug : public Error {
 public:
  explicit Bug(std::string message, const char* file = __builtin_FILE(),
               int line = __builtin_LINE());
  std::string_view kind() const override { return "bug"; }
};

}  // namespace cupel
