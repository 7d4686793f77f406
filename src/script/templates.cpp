// SPDX-License-Identifier: MIT
// Writing revisions: from templates, and a parsed script back to text. See templates.hpp.
#include "cupel/script/templates.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cupel/base/text.hpp"
#include "script/cpp_code.hpp"
#include "script/reader.hpp"

namespace cupel::script {
namespace {

constexpr std::string_view kSqlTemplate = R"(-- revision: {revision}
-- down_revision: {down_revision}
-- message: {message}
-- created: {created}
-- {branch_labels_line}
-- {depends_on_line}

-- cupel: upgrade
{upgrade}

-- cupel: downgrade
{downgrade}
)";

constexpr std::string_view kCppTemplate = R"(// revision: {revision}
// down_revision: {down_revision}
// message: {message}
// created: {created}
// {branch_labels_line}
// {depends_on_line}
#include <cupel/cupel.hpp>

namespace migrations {

using namespace cupel;
using cupel::model::text;

extern const Revision {identifier}{
    .id = "{revision}",
    .down_revision = {{cpp_down_revision}},
    .message = "{cpp_message}",
    .upgrade =
        [](Operations& op) {
          {upgrade}
        },
    .downgrade =
        [](Operations& op) {
          {downgrade}
        },
    {cpp_branch_labels_line}
    {cpp_depends_on_line}
    .created = "{created}",
};

}  // namespace migrations
)";

using Values = std::vector<std::pair<std::string, std::string>>;

bool is_name_part(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

/// The text inside of a C++ string literal.
std::string cpp_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string cpp_list(const std::vector<std::string>& names) {
  std::string result;
  for (const std::string& name : names) {
    if (!result.empty()) result += ", ";
    result += '"' + cpp_escaped(name) + '"';
  }
  return result;
}

std::string cpp_member(std::string_view member, const std::vector<std::string>& names) {
  return names.empty() ? std::string() : fmt::format(".{} = {{{}}},", member, cpp_list(names));
}

std::string identifier_of(std::string_view revision) {
  std::string name = "revision_";
  for (const char c : revision) {
    const char lower = static_cast<char>(c | 0x20);
    name += (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ? c : '_';
  }
  return name;
}

void require_name(const std::string& name, std::string_view what) {
  if (is_header_name(name) && text::is_utf8(name)) return;
  throw UsageError(fmt::format("'{}' cannot be a {}", one_line(name), what),
                   "use letters, digits, '_' and '-' without spaces and commas");
}

void require_writable(const Header& header) {
  require_name(header.revision, "revision id");
  for (const std::string& id : header.down_revision) require_name(id, "revision id");
  for (const std::string& label : header.branch_labels) require_name(label, "branch label");
  for (const std::string& id : header.depends_on) require_name(id, "dependency");
  if (!text::is_utf8(header.message)) throw UsageError("the message is not UTF-8");
}

/// A line that would begin another section when the file is read.
void require_body(std::string_view body) {
  Lines lines(body, 0);
  while (lines.next()) {
    const std::optional<std::string_view> directive = directive_text(lines.line());
    if (!directive) continue;
    for (const Direction direction : {Direction::Upgrade, Direction::Downgrade}) {
      const std::string_view name = to_string(direction);
      if (!text::equals_ignore_case(directive->substr(0, name.size()), name)) continue;
      throw UsageError(fmt::format("a statement holds the line '{}', which would begin a section",
                                   text::trim(lines.line())));
    }
  }
}

/// "key: value" without a space at the end.
std::string header_line(std::string_view key, const std::string& value) {
  return std::string(key) + (value.empty() ? ":" : ": " + value);
}

std::string list_line(std::string_view key, const std::vector<std::string>& names) {
  return names.empty() ? std::string() : header_line(key, text::join(names, ", "));
}

Values values_of(const NewRevision& revision) {
  const Header& header = revision.header;
  const std::string message = one_line(header.message);
  return {{"revision", header.revision},
          {"down_revision", text::join(header.down_revision, ", ")},
          {"message", message},
          {"created", one_line(header.created)},
          {"branch_labels", text::join(header.branch_labels, ", ")},
          {"depends_on", text::join(header.depends_on, ", ")},
          {"branch_labels_line", list_line("branch_labels", header.branch_labels)},
          {"depends_on_line", list_line("depends_on", header.depends_on)},
          {"upgrade", revision.upgrade},
          {"downgrade", revision.downgrade},
          {"identifier", identifier_of(header.revision)},
          {"cpp_message", cpp_escaped(message)},
          {"cpp_down_revision", cpp_list(header.down_revision)},
          {"cpp_branch_labels_line", cpp_member("branch_labels", header.branch_labels)},
          {"cpp_depends_on_line", cpp_member("depends_on", header.depends_on)},
          {"open_brace", "{"}};
}

/// Fills a template line by line.
class Renderer {
 public:
  Renderer(std::string_view text, const std::string& path, const Values& values)
      : text_(text), path_(path), values_(values) {}

  std::string run() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      render_line(at, end);
      at = end + 1;
    }
    return std::move(result_);
  }

 private:
  const std::string& value_of(std::string_view name, std::size_t offset) const {
    const auto found = std::find_if(values_.begin(), values_.end(),
                                    [&](const auto& v) { return v.first == name; });
    if (found != values_.end()) return found->second;
    std::vector<std::string> names;
    for (const auto& [known, value] : values_) names.push_back(known);
    const std::string best = text::nearest(name, names);
    throw InputError(
        text::position_at(text_, offset, path_), fmt::format("unknown placeholder '{{{}}}'", name),
        best.empty() ? fmt::format("to print it as it is, write {{open_brace}}{}}}", name)
                     : fmt::format("did you mean '{{{}}}'?", best),
        std::string(text::line_at(text_, offset)));
  }

  /// The length of the placeholder's name at `at`, which is a '{'; 0 if it is none.
  std::size_t name_length(std::size_t at, std::size_t end) const {
    std::size_t i = at + 1;
    while (i < end && is_name_part(text_[i])) ++i;
    return i < end && text_[i] == '}' ? i - at - 1 : 0;
  }

  void render_line(std::size_t begin, std::size_t end) {
    std::string line;
    std::string written;   // what is no placeholder
    bool filled = false;   // some placeholder was there
    bool content = false;  // and some of them was not empty
    for (std::size_t at = begin; at < end; ++at) {
      const std::size_t length = text_[at] == '{' ? name_length(at, end) : 0;
      if (length == 0) {
        line += text_[at];
        written += text_[at];
        continue;
      }
      const std::string& value = value_of(text_.substr(at + 1, length), at);
      filled = true;
      content = content || !value.empty();
      line += below(value, line);
      at += length + 1;
    }
    const std::string_view rest = text::trim(written);
    if (filled && !content && (rest.empty() || rest == "--" || rest == "//")) return;
    if (filled) line.erase(line.find_last_not_of(" \t\r") + 1);
    result_ += line;
    if (end < text_.size()) result_ += '\n';
  }

  /// Further lines of a value stand below its first, if only white space is before it.
  static std::string below(const std::string& value, const std::string& before) {
    if (before.empty() || !text::trim(before).empty()) return value;
    return cpp::indented(value, before);
  }

  std::string_view text_;
  const std::string& path_;
  const Values& values_;
  std::string result_;
};

std::string flags(bool no_transaction, bool idempotent, std::string_view before,
                  std::string_view after) {
  std::string result;
  if (no_transaction) result += fmt::format("{}no transaction{}", before, after);
  if (idempotent) result += fmt::format("{}idempotent{}", before, after);
  return result;
}

std::string render_section(const SqlScript& script, const Section& section) {
  std::string text = "\n-- cupel: " + std::string(to_string(section.direction));
  if (!section.dialect.empty()) text += " " + section.dialect;
  text += flags(section.no_transaction && !script.no_transaction,
                section.idempotent && !script.idempotent, " ", "");
  text += "\n";
  return section.body.empty() ? text : text + section.body + "\n";
}

}  // namespace

std::string_view default_sql_template() { return kSqlTemplate; }
std::string_view default_cpp_template() { return kCppTemplate; }

std::string one_line(std::string_view message) {
  std::string line;
  for (const char c : message) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  // A backslash at the end would take the next line of a `//` comment with it.
  line.erase(line.find_last_not_of(" \\") + 1);
  return line;
}

std::string render_template(std::string_view text, const std::string& path,
                            const NewRevision& revision) {
  require_writable(revision.header);
  require_body(revision.upgrade);
  require_body(revision.downgrade);
  const Values values = values_of(revision);
  return Renderer(text, path, values).run();
}

std::string render_sql_script(const SqlScript& script) {
  const Header& header = script.header;
  require_writable(header);
  std::string text;
  const auto add = [&](const std::string& line) {
    if (!line.empty()) text += "-- " + line + "\n";
  };
  add(header_line("revision", header.revision));
  add(header_line("down_revision", text::join(header.down_revision, ", ")));
  add(header_line("message", one_line(header.message)));
  add(header_line("created", one_line(header.created)));
  add(list_line("branch_labels", header.branch_labels));
  add(list_line("depends_on", header.depends_on));
  text += flags(script.no_transaction, script.idempotent, "-- cupel: ", "\n");
  for (const Allow& allow : script.allows) {
    text += fmt::format("-- cupel: allow {} because {}\n", allow.code, allow.reason);
  }
  for (const Section& section : script.sections) {
    require_body(section.body);
    text += render_section(script, section);
  }
  return text;
}

}  // namespace cupel::script
