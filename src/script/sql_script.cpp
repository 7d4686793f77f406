// SPDX-License-Identifier: MIT
// The `.sql` format. See sql_script.hpp; header and directives are read in reader.cpp.
#include "cupel/script/sql_script.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "cupel/base/text.hpp"
#include "script/reader.hpp"

namespace cupel::script {
namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.substr(0, kMark.size()) == kMark ? text.substr(kMark.size()) : text;
}

std::string section_name(const Section& section) {
  std::string name(to_string(section.direction));
  if (!section.dialect.empty()) name += " " + section.dialect;
  return name;
}

/// Reads the sections of a script whose preamble has been read.
class SectionReader {
 public:
  SectionReader(const Source& source, const ParseOptions& options, SqlScript& script)
      : source_(source), options_(options), script_(script) {}

  void run(std::size_t offset) {
    Lines lines(source_.text, offset);
    while (lines.next()) {
      refuse_missing_colon(lines.line(), lines.offset(), source_);
      const std::optional<std::string_view> text = directive_text(lines.line());
      if (!text) {
        if (script_.sections.empty() && !text::trim(lines.line()).empty())
          refuse_outside(lines.offset());
        continue;
      }
      const std::size_t at = static_cast<std::size_t>(text->data() - source_.text.data());
      const Directive directive = parse_directive(*text, at, source_);
      if (directive.kind == Directive::Kind::Section) {
        close(lines.offset());
        open(directive.section, at, lines.next_offset());
      } else if (directive.kind == Directive::Kind::Idempotent && !script_.sections.empty()) {
        script_.sections.back().idempotent = true;
      }
    }
    close(source_.text.size());
  }

 private:
  [[noreturn]] void refuse_outside(std::size_t offset) const {
    source_.fail(offset, "SQL outside of the sections", "write '-- cupel: upgrade' above it");
  }

  void open(const Section& section, std::size_t at, std::size_t body) {
    for (const Section& other : script_.sections) {
      if (other.direction == section.direction && other.dialect == section.dialect) {
        source_.fail(at, fmt::format("a second section '{}'", section_name(section)),
                     fmt::format("put its statements into the first, at line {}", other.line));
      }
    }
    if (!section.dialect.empty()) require_dialect(section.dialect, at);
    Section& added = script_.sections.emplace_back(section);
    added.no_transaction |= script_.no_transaction;
    added.idempotent |= script_.idempotent;
    added.offset = body;
  }

  void require_dialect(const std::string& name, std::size_t at) const {
    const std::vector<std::string> known(options_.dialects.begin(), options_.dialects.end());
    if (known.empty() || std::find(known.begin(), known.end(), name) != known.end()) return;
    const std::string best = text::nearest(name, known);
    source_.fail(at, fmt::format("a section for an unknown database '{}'", name),
                 best.empty() ? "there are: " + text::quoted_list(known)
                              : fmt::format("did you mean '{}'?", best));
  }

  /// Takes the text up to `end` as the body of the last section.
  void close(std::size_t end) {
    if (script_.sections.empty()) return;
    Section& section = script_.sections.back();
    const std::size_t start = std::min(section.offset, end);
    std::string_view body = source_.text.substr(start, end - start);
    const std::size_t first = body.find_first_not_of(kBlank);
    const std::size_t blank_lines = first == kNone ? 0 : body.rfind('\n', first) + 1;
    body.remove_prefix(blank_lines);
    body = body.substr(0, body.find_last_not_of(kBlank) + 1);
    section.offset = start + blank_lines;
    section.body = body;
    counted_lines_ += static_cast<std::size_t>(
        std::count(source_.text.begin() + counted_, source_.text.begin() + section.offset, '\n'));
    counted_ = section.offset;
    section.line = counted_lines_ + 1;
  }

  const Source& source_;
  const ParseOptions& options_;
  SqlScript& script_;
  std::size_t counted_ = 0;  ///< the newlines before this offset are in counted_lines_
  std::size_t counted_lines_ = 0;
};

/// Line ends as \n only; several \r before one are what some tools leave when they convert twice.
std::string normalised(std::string_view text) {
  text = without_byte_order_mark(text);
  if (text.find('\r') == kNone) return std::string(text);
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (c == '\n') result.erase(result.find_last_not_of('\r') + 1);
    result += c;
  }
  return result;
}

/// Attaches the directives of a section to its statements.
class StatementReader {
 public:
  StatementReader(const SqlScript& script, const Section& section, const sql::LexRules& rules)
      : section_(section), rules_(rules), source_{section.body, script.path} {}

  std::vector<ScriptStatement> run() {
    std::vector<ScriptStatement> result;
    for (sql::StatementText& statement : sql::split_statements(
             section_.body, rules_, {source_.path, section_.line, section_.offset})) {
      result.emplace_back().sql = std::move(statement);
    }
    if (section_.body.find("upel") != kNone || section_.body.find("UPEL") != kNone) attach(result);
    return result;
  }

 private:
  [[noreturn]] void fail(std::size_t offset, std::string message, std::string hint) const {
    FilePosition position = text::position_at(source_.text, offset, source_.path);
    position.line += section_.line - 1;
    throw InputError(std::move(position), std::move(message), std::move(hint),
                     std::string(text::line_at(source_.text, offset)));
  }

  /// Walks over the body once more, this time for its comments.
  void attach(std::vector<ScriptStatement>& statements) const {
    sql::Lexer lexer(source_.text, rules_);
    std::size_t current = 0;
    bool inside = false;
    for (sql::Token token; lexer.next(token);) {
      const std::size_t at = token.offset + section_.offset;
      while (current < statements.size() && at >= end_of(statements[current])) {
        ++current;
        inside = false;
      }
      if (token.kind == sql::TokenKind::Comment) {
        take_comment(token, current < statements.size() && !inside ? &statements[current] : nullptr,
                     inside);
      } else if (token.significant() && token.kind != sql::TokenKind::Semicolon) {
        inside = true;
      }
    }
  }

  static std::size_t end_of(const ScriptStatement& statement) {
    return statement.sql.offset + statement.sql.text.size();
  }

  void take_comment(const sql::Token& token, ScriptStatement* statement, bool inside) const {
    const std::optional<std::string_view> text = directive_text(token.of(source_.text));
    if (!text) return;
    const std::size_t newline = source_.text.substr(0, token.offset).rfind('\n');
    const std::size_t start = newline == kNone ? 0 : newline + 1;
    if (!text::trim(source_.text.substr(start, token.offset - start)).empty()) {
      fail(token.offset, fmt::format("'{}' stands behind something else", *text),
           "give it a line of its own, directly before the statement that it is for");
    }
    const Directive directive = parse_directive(*text, token.offset, source_);
    if (directive.kind == Directive::Kind::Idempotent) return;
    if (statement == nullptr) {
      fail(token.offset,
           fmt::format("'{}' stands {}", *text,
                       inside ? "inside of a statement" : "behind the last statement"),
           "move it directly before the statement that it is for");
    }
    if (directive.kind == Directive::Kind::Backfill) statement->backfill = directive.pace;
    statement->no_transaction |= directive.kind == Directive::Kind::NoTransaction;
    statement->allows.insert(statement->allows.end(), directive.allows.begin(),
                             directive.allows.end());
  }

  const Section& section_;
  const sql::LexRules& rules_;
  Source source_;
};

/// What counts of a section for the checksum.
std::string significant_content(const Section& section, const sql::LexRules& rules) {
  std::string content(to_string(section.direction));
  if (section.no_transaction) content += " no transaction";
  if (section.idempotent) content += " idempotent";
  std::string body = sql::without_layout(section.body, rules, [](std::string_view comment) {
    const std::optional<std::string_view> text = directive_text(comment);
    return text && text::equals_ignore_case(text->substr(0, 2), "no");
  });
  while (!body.empty() && (body.back() == ';' || body.back() == ' ')) body.pop_back();
  return content + "\n" + body + "\n";
}

}  // namespace

std::string_view to_string(Direction direction) {
  return direction == Direction::Upgrade ? "upgrade" : "downgrade";
}

std::optional<Header> find_header(std::string_view text, const std::string& path) {
  Preamble preamble = read_preamble({without_byte_order_mark(text), path});
  if (!preamble.has_keys) return std::nullopt;
  return std::move(preamble.header);
}

Header parse_header(std::string_view text, const std::string& path) {
  std::optional<Header> header = find_header(text, path);
  if (header) return std::move(*header);
  const Source source{without_byte_order_mark(text), path};
  source.require_text(source.text.size());
  source.fail(0, "no header: expected '-- revision: ...' in the first lines",
              "write '-- revision: ' and the id in the first line");
}

SqlScript parse_script(std::string_view text, const std::string& path,
                       const ParseOptions& options) {
  const std::string whole = normalised(text);
  const Source source{whole, path};
  source.require_text(whole.size());
  SqlScript script;
  script.path = path;
  Preamble preamble = read_preamble(source);
  if (!preamble.has_keys) parse_header(whole, path);
  script.header = std::move(preamble.header);
  script.no_transaction = preamble.no_transaction;
  script.idempotent = preamble.idempotent;
  script.allows = std::move(preamble.allows);
  SectionReader(source, options, script).run(preamble.end);
  const bool upgrades =
      std::any_of(script.sections.begin(), script.sections.end(),
                  [](const Section& s) { return s.direction == Direction::Upgrade; });
  if (!upgrades) {
    throw InputError({path}, "no section for upgrade",
                     "write '-- cupel: upgrade' above the statements");
  }
  return script;
}

const Section* select_section(const SqlScript& script, Direction direction,
                              std::span<const std::string_view> dialect_names) {
  const Section* general = nullptr;
  for (const Section& section : script.sections) {
    if (section.direction != direction) continue;
    if (section.dialect.empty()) {
      general = &section;
    } else if (std::find(dialect_names.begin(), dialect_names.end(), section.dialect) !=
               dialect_names.end()) {
      return &section;
    }
  }
  return general;
}

std::vector<ScriptStatement> split_section(const SqlScript& script, const Section& section,
                                           const sql::LexRules& rules) {
  return StatementReader(script, section, rules).run();
}

std::string script_checksum(const SqlScript& script, const sql::LexRules& rules,
                            std::span<const std::string_view> dialect_names) {
  std::string content;
  if (dialect_names.empty()) {
    for (const Section& section : script.sections) {
      content += section.dialect + " " + significant_content(section, rules);
    }
    return text::checksum(content);
  }
  for (const Direction direction : {Direction::Upgrade, Direction::Downgrade}) {
    const Section* section = select_section(script, direction, dialect_names);
    if (section != nullptr) content += significant_content(*section, rules);
  }
  return text::checksum(content);
}

}  // namespace cupel::script
