// SPDX-License-Identifier: MIT
// Lines, directives and the header. See reader.hpp and sql_script.hpp.
#include "script/reader.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "cupel/base/text.hpp"

namespace cupel::script {
namespace {

using text::equals_ignore_case;
using text::trim;

/// A misspelt name's correction, as a hint.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates,
                         std::string otherwise) {
  const std::string best = text::nearest(text::to_lower(word), candidates);
  return best.empty() ? std::move(otherwise) : "did you mean '" + best + "'?";
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = text.find_first_not_of(" \t", at)) != kNone;) {
    const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

/// True if the i-th word is `word`, without regard to case.
bool is_word(const std::vector<std::string>& words, std::size_t i, std::string_view word) {
  return i < words.size() && equals_ignore_case(words[i], word);
}

bool is_code_part(char c) {
  const char letter = static_cast<char>(c | 0x20);
  return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

Directive section_directive(const std::vector<std::string>& words, std::size_t offset,
                            const Source& source) {
  Directive directive;
  Section& section = directive.section;
  section.direction = is_word(words, 0, "upgrade") ? Direction::Upgrade : Direction::Downgrade;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (is_word(words, i, "no") && is_word(words, i + 1, "transaction")) {
      section.no_transaction = true;
      ++i;
    } else if (is_word(words, i, "idempotent")) {
      section.idempotent = true;
    } else if (i == 1 && std::all_of(words[i].begin(), words[i].end(), is_code_part)) {
      section.dialect = text::to_lower(words[i]);
    } else {
      source.fail(offset, fmt::format("unexpected '{}' behind '{}'", words[i], words[i - 1]),
                  "write: -- cupel: upgrade [database] [no transaction] [idempotent]");
    }
  }
  return directive;
}

Directive allow_directive(std::string_view text, std::size_t offset, const Source& source) {
  constexpr std::string_view kHint = "write: -- cupel: allow CODE because REASON";
  const std::string lower = text::to_lower(text);
  std::size_t because = 0;
  do {
    because = lower.find("because", because + 1);
  } while (because != kNone && lower[because - 1] != ' ' && lower[because - 1] != '\t');
  const std::string_view reason =
      because == kNone ? std::string_view() : trim(text.substr(because + 7));
  if (reason.empty()) source.fail(offset, "'allow' without a reason", std::string(kHint));
  Directive directive;
  directive.kind = Directive::Kind::Allow;
  const std::size_t codes = std::string_view("allow").size();
  for (std::string& code : text::split_list(text.substr(codes, because - codes))) {
    if (!std::all_of(code.begin(), code.end(), is_code_part)) {
      source.fail(offset, fmt::format("'{}' is no code", code), std::string(kHint));
    }
    directive.allows.push_back({text::to_upper(code), std::string(reason)});
  }
  if (directive.allows.empty()) source.fail(offset, "'allow' without a code", std::string(kHint));
  return directive;
}

Directive backfill_directive(const std::vector<std::string>& words, std::size_t offset,
                             const Source& source) {
  constexpr std::string_view kHint =
      "write: -- cupel: backfill [batch=10000] [pause=50ms] [lag=10s]";
  Directive directive;
  directive.kind = Directive::Kind::Backfill;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t equals = std::min(words[i].find('='), words[i].size());
    const std::string key = text::to_lower(words[i].substr(0, equals));
    const std::string value = words[i].substr(std::min(equals + 1, words[i].size()));
    const std::optional<std::chrono::milliseconds> time = text::parse_duration(value);
    if (key == "batch") {
      const auto [end, error] =
          std::from_chars(value.data(), value.data() + value.size(), directive.pace.batch);
      if (error == std::errc() && end == value.data() + value.size() && directive.pace.batch > 0)
        continue;
    } else if (key == "pause" && time) {
      directive.pace.pause = *time;
      continue;
    } else if (key == "lag" && time) {
      directive.pace.max_lag = *time;
      continue;
    }
    source.fail(offset, fmt::format("'{}' behind 'backfill' is not understood", words[i]),
                std::string(kHint));
  }
  return directive;
}

/// The text of a line comment of either kind, or nullopt.
std::optional<std::string_view> comment_text(std::string_view line) {
  line = trim(line);
  if (line.substr(0, 2) != "--" && line.substr(0, 2) != "//") return std::nullopt;
  return line.substr(2);
}

const std::array<std::string, 6> kKeys{"revision", "down_revision", "message",
                                       "created",  "branch_labels", "depends_on"};

bool is_key_shaped(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  });
}

class HeaderReader {
 public:
  explicit HeaderReader(const Source& source) : source_(source) {}

  /// Takes a comment; what is not `key: value` is an ordinary comment.
  void take(std::string_view comment) {
    const std::size_t colon = comment.find(':');
    const std::string_view key = trim(comment.substr(0, colon));
    if (colon == kNone) return refuse_key_without_colon(comment);
    if (!is_key_shaped(key)) return;
    const auto known = std::find_if(kKeys.begin(), kKeys.end(), [&](const std::string& name) {
      return equals_ignore_case(key, name);
    });
    if (known == kKeys.end()) return refuse_misspelt(key);
    const std::size_t index = static_cast<std::size_t>(known - kKeys.begin());
    if (std::exchange(seen_[index], true)) {
      source_.fail(offset_of(key), fmt::format("'{}' is given twice", *known),
                   "keep one of the lines");
    }
    set(index, key, trim(comment.substr(colon + 1)));
  }

  bool has_keys() const { return std::find(seen_.begin(), seen_.end(), true) != seen_.end(); }
  Header finish() {
    if (has_keys() && !seen_[0]) {
      source_.fail(0, "the header has no 'revision'",
                   "write '-- revision: ' and the id in the first line");
    }
    return std::move(header_);
  }

 private:
  std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - source_.text.data());
  }

  void refuse_misspelt(std::string_view key) const {
    const std::string best = text::nearest(text::to_lower(key), kKeys);
    if (best.empty()) return;
    source_.fail(offset_of(key), fmt::format("unknown key '{}' in the header", key),
                 fmt::format("did you mean '{}'?", best));
  }

  /// "revision 1a2b" is a slip; "created by me" and other prose is not.
  void refuse_key_without_colon(std::string_view comment) const {
    const std::vector<std::string> words = words_of(comment);
    if (words.empty() || words.size() > 2 || words[0] == "message" || words[0] == "created") return;
    if (std::find(kKeys.begin(), kKeys.end(), words[0]) == kKeys.end()) return;
    source_.fail(offset_of(trim(comment)), fmt::format("'{}' without a colon", words[0]),
                 fmt::format("write '{}: {}'", words[0], words.size() > 1 ? words[1] : ""));
  }

  void set(std::size_t index, std::string_view key, std::string_view value) {
    switch (index) {
      case 0:
        header_.revision = one_id(key, value);
        break;
      case 1:
        header_.down_revision = ids(value);
        break;
      case 2:
        header_.message = value;
        break;
      case 3:
        header_.created = value;
        break;
      case 4:
        header_.branch_labels = ids(value);
        break;
      case 5:
        header_.depends_on = ids(value);
        break;
    }
  }

  std::string one_id(std::string_view key, std::string_view value) const {
    const std::vector<std::string> list = ids(value);
    if (list.empty())
      source_.fail(offset_of(key), "'revision' is empty", "write the id behind the colon");
    if (list.size() > 1) {
      source_.fail(offset_of(value),
                   fmt::format("'revision' holds {} ids, expected one", list.size()));
    }
    return list[0];
  }

  std::vector<std::string> ids(std::string_view value) const {
    std::vector<std::string> list = text::split_list(value);
    for (const std::string& id : list) {
      if (is_header_name(id)) continue;
      const bool none = equals_ignore_case(id, "none");
      source_.fail(offset_of(value),
                   fmt::format("'{}' is no name{}", id, none ? "" : ": it has a space"),
                   none ? "leave it empty if there is none" : "separate several names by commas");
    }
    return list;
  }

  const Source& source_;
  Header header_;
  std::array<bool, 6> seen_{};
};

/// Behind the block comment that begins at `offset`.
std::size_t behind_block_comment(std::string_view text, std::size_t offset) {
  const std::size_t close = text.find("*/", offset + 2);
  return close == kNone ? text.size() : close + 2;
}

}  // namespace

void Source::fail(std::size_t offset, std::string message, std::string hint) const {
  throw InputError(text::position_at(text, offset, path), std::move(message), std::move(hint),
                   std::string(text::line_at(text, offset)));
}

void Source::require_text(std::size_t length) const {
  const std::string_view part = text.substr(0, length);
  std::size_t bad = 0;
  if (!text::is_utf8(part, &bad)) {
    const bool utf16 = part.substr(0, 2) == "\xFF\xFE" || part.substr(0, 2) == "\xFE\xFF";
    throw InputError(text::position_at(text, bad, path),
                     fmt::format("not UTF-8: byte 0x{:02X} at offset {}{}",
                                 static_cast<unsigned char>(part[bad]), bad,
                                 utf16 ? ", as in UTF-16" : ", as in Latin-1"),
                     "save the file as UTF-8");
  }
  if (const std::size_t nul = part.find('\0'); nul != kNone) {
    throw InputError(text::position_at(text, nul, path),
                     fmt::format("a NUL byte at offset {}", nul), "save the file as UTF-8 text");
  }
}

bool is_header_name(std::string_view name) {
  const bool odd = std::any_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == ',' || c == 0x7F;
  });
  return !odd && !name.empty() && !equals_ignore_case(name, "none");
}

bool Lines::next() {
  if (next_ >= text_.size()) return false;
  offset_ = next_;
  const std::size_t end = std::min(text_.find('\n', offset_), text_.size());
  line_ = text_.substr(offset_, end - offset_);
  if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
  next_ = end + 1;
  return true;
}

std::optional<std::string_view> directive_text(std::string_view line) {
  line = trim(line);
  if (line.substr(0, 2) != "--") return std::nullopt;
  line = trim(line.substr(2));
  constexpr std::string_view kName = "cupel";
  if (!equals_ignore_case(line.substr(0, kName.size()), kName)) return std::nullopt;
  line = trim(line.substr(kName.size()));
  if (line.empty() || line[0] != ':') return std::nullopt;
  const std::string_view text = trim(line.substr(1));
  return text.empty() ? line.substr(1, 0) : text;
}

void refuse_missing_colon(std::string_view line, std::size_t offset, const Source& source) {
  line = trim(line);
  if (line.substr(0, 2) != "--") return;
  line = trim(line.substr(2));
  if (!equals_ignore_case(line.substr(0, 5), "cupel")) return;  // almost all lines end here
  const std::vector<std::string> words = words_of(line);
  if (!is_word(words, 0, "cupel") || words.size() != 2) return;
  if (!is_word(words, 1, "upgrade") && !is_word(words, 1, "downgrade")) return;
  source.fail(offset, "a directive without a colon",
              "write: -- cupel: " + text::to_lower(words[1]));
}

Directive parse_directive(std::string_view text, std::size_t offset, const Source& source) {
  const std::vector<std::string> words = words_of(text);
  if (is_word(words, 0, "upgrade") || is_word(words, 0, "downgrade")) {
    return section_directive(words, offset, source);
  }
  if (is_word(words, 0, "allow")) return allow_directive(text, offset, source);
  if (is_word(words, 0, "backfill")) return backfill_directive(words, offset, source);
  Directive directive;
  if (words.size() == 2 && is_word(words, 0, "no") && is_word(words, 1, "transaction")) {
    directive.kind = Directive::Kind::NoTransaction;
    return directive;
  }
  if (words.size() == 1 && is_word(words, 0, "idempotent")) {
    directive.kind = Directive::Kind::Idempotent;
    return directive;
  }
  static const std::array<std::string, 6> kNames{"upgrade",    "downgrade", "no transaction",
                                                 "idempotent", "allow",     "backfill"};
  constexpr std::string_view kAll =
      "there are: upgrade, downgrade, no transaction, idempotent, backfill, allow CODE because "
      "REASON";
  if (words.empty()) source.fail(offset, "an empty directive", std::string(kAll));
  const std::string whole = text::join(words, " ");
  std::string hint = did_you_mean(whole, kNames, {});
  if (hint.empty()) hint = did_you_mean(words[0], kNames, std::string(kAll));
  source.fail(offset, fmt::format("unknown directive '{}'", whole), std::move(hint));
}

Preamble read_preamble(const Source& source) {
  Preamble preamble;
  HeaderReader header(source);
  Lines lines(source.text, 0);
  preamble.end = source.text.size();
  while (lines.next()) {
    const std::string_view line = trim(lines.line());
    if (line.empty()) continue;
    if (line.substr(0, 2) == "/*") {
      const std::size_t start = static_cast<std::size_t>(line.data() - source.text.data());
      lines = Lines(source.text, behind_block_comment(source.text, start));
      continue;
    }
    const std::optional<std::string_view> comment = comment_text(line);
    const std::optional<std::string_view> directive = directive_text(line);
    if (!comment) {
      preamble.end = lines.offset();
      break;
    }
    if (!directive) {
      refuse_missing_colon(line, lines.offset(), source);
      header.take(*comment);
      continue;
    }
    const std::size_t offset = static_cast<std::size_t>(directive->data() - source.text.data());
    Directive parsed = parse_directive(*directive, offset, source);
    if (parsed.kind == Directive::Kind::Section) {
      preamble.end = lines.offset();
      break;
    }
    if (parsed.kind == Directive::Kind::Backfill) {
      source.fail(offset, "'backfill' stands above the sections",
                  "move it directly before the UPDATE that it is for");
    }
    preamble.no_transaction |= parsed.kind == Directive::Kind::NoTransaction;
    preamble.idempotent |= parsed.kind == Directive::Kind::Idempotent;
    std::move(parsed.allows.begin(), parsed.allows.end(), std::back_inserter(preamble.allows));
  }
  source.require_text(preamble.end);
  preamble.has_keys = header.has_keys();
  preamble.header = header.finish();
  return preamble;
}

}  // namespace cupel::script
