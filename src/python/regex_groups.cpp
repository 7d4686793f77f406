// SPDX-License-Identifier: MIT
// Groups of a pattern: capturing ones, references to them, look-around, conditions. See
// regex_parser.hpp.
#include <algorithm>

#include "python/regex_parser.hpp"

namespace cupel::python {

bool RegexParser::group() {
  const std::size_t open = at_++;
  if (!accept("?")) {
    capturing_group({}, open);
  } else if (accept("P<")) {
    capturing_group(identifier('>'), open);
  } else if (accept("P=")) {
    named_reference();
  } else if (accept("#")) {
    while (!done() && look() != ')') ++at_;
    close(open);
    return false;
  } else if (accept("=") || accept("!")) {
    look_around(pattern_[at_ - 1] == '!', open);
  } else if (accept("<=") || accept("<!")) {
    look_behind(pattern_[at_ - 1] == '!', open);
  } else if (accept(">")) {
    atomic_group(open);
  } else if (accept("(")) {
    condition(open);
  } else {
    plain_group(open);
  }
  return true;
}

void RegexParser::capturing_group(const std::string& name, std::size_t open) {
  const auto number = static_cast<std::uint32_t>(++out_.groups_);
  if (!name.empty() && !out_.names_.emplace(name, number).second)
    throw RegexError("redefinition of group name '" + name + "'", open);
  emit({Op::Save, 2 * number});
  alternatives();
  close(open);
  emit({Op::Save, 2 * number + 1});
}

void RegexParser::atomic_group(std::size_t open) {
  const std::uint32_t start = here();
  emit({Op::Atomic});
  alternatives();
  emit({Op::Accept});
  out_.code_[start].a = here();
  close(open);
}

// (?:...), and (?i:...) with flags of its own.
void RegexParser::plain_group(std::size_t open) {
  const unsigned outer = flags_;
  if (!accept(":")) group_flags();
  alternatives();
  close(open);
  flags_ = outer;
}

void RegexParser::close(std::size_t open) {
  if (!accept(")")) throw RegexError("missing ), unterminated subpattern", open);
}

void RegexParser::group_flags() {
  unsigned on = 0, off = 0;
  while (flag_of(look(), on)) ++at_;
  if (accept("-")) {
    while (flag_of(look(), off)) ++at_;
  }
  if (on == 0 && off == 0 && look() != ':') fail("unknown extension ?" + std::string(1, look()));
  if (look() == ')') fail("global flags not at the start of the expression");
  if (!accept(":")) fail("missing -, : or )");
  flags_ = (flags_ | on) & ~off;
}

std::string RegexParser::identifier(char end) {
  const std::size_t start = at_;
  while (!done() && look() != end) ++at_;
  std::string name(pattern_.substr(start, at_ - start));
  if (done()) fail(std::string("missing ") + end + ", unterminated name");
  if (name.empty()) fail("missing group name");
  if (name[0] >= '0' && name[0] <= '9')
    throw RegexError("bad character in group name '" + name + "'", start);
  ++at_;
  return name;
}

void RegexParser::named_reference() {
  const std::size_t start = at_;
  const std::string name = identifier(')');
  const auto it = out_.names_.find(name);
  if (it == out_.names_.end()) throw RegexError("unknown group name '" + name + "'", start);
  reference(it->second, start);
}

void RegexParser::reference(std::size_t group, std::size_t at) {
  references_.emplace_back(at, group);
  emit({flag(kRegexIgnoreCase) ? Op::BackReferenceFold : Op::BackReference,
        static_cast<std::uint32_t>(group)});
}

void RegexParser::look_around(bool negative, std::size_t open) {
  const std::uint32_t start = here();
  emit({Op::LookAhead, 0, negative ? 1U : 0U});
  alternatives();
  emit({Op::Accept});
  out_.code_[start].a = here();
  close(open);
}

void RegexParser::look_behind(bool negative, std::size_t open) {
  const std::uint32_t start = here();
  emit({Op::LookBehind, 0, negative ? 1U : 0U});
  emit({Op::Nop});
  alternatives();
  std::uint32_t least = 0, most = 0;
  width(start + 2, here(), least, most, 0);
  if (least != most) throw RegexError("look-behind requires fixed-width pattern", open);
  emit({Op::Accept});
  out_.code_[start].a = here();
  out_.code_[start + 1].a = least;
  close(open);
}

void RegexParser::width(std::uint32_t begin, std::uint32_t end, std::uint32_t& least,
                        std::uint32_t& most, int depth) {
  constexpr std::uint32_t kMany = 1'000'000;
  std::uint64_t low = 0, high = 0;
  for (std::uint32_t i = begin; i < end;) {
    const Instruction& one = out_.code_[i];
    if (single(one.op)) {
      ++low, ++high, ++i;
    } else if (one.op == Op::Repeat || one.op == Op::RepeatLazy || one.op == Op::RepeatOnly) {
      low += one.a;
      high += std::min(one.b, kMany);
      i += 2;
    } else if (one.op == Op::Split && one.b > i && one.a == i + 1 && one.b <= end && depth < 50) {
      // An alternative: its first branch ends with a jump to where all meet.
      std::uint32_t a_low = 0, a_high = 0, b_low = 0, b_high = 0;
      const bool choice = out_.code_[one.b - 1].op == Op::Jump && out_.code_[one.b - 1].a >= one.b;
      const std::uint32_t meet = choice ? std::min(out_.code_[one.b - 1].a, end) : one.b;
      width(i + 1, choice ? one.b - 1 : one.b, a_low, a_high, depth + 1);
      if (choice) width(one.b, meet, b_low, b_high, depth + 1);
      if (!choice && one.b > 0 && out_.code_[one.b - 1].op == Op::Jump) a_high = kMany;
      low += std::min(a_low, b_low);
      high += std::max(a_high, b_high);
      i = meet;
    } else if (one.op == Op::LookAhead || one.op == Op::LookBehind) {
      i = one.a;
    } else if (one.op == Op::Split || one.op == Op::Jump || one.op == Op::BackReference ||
               one.op == Op::BackReferenceFold || one.op == Op::Condition) {
      high += kMany;
      ++i;
    } else {
      ++i;
    }
  }
  least = static_cast<std::uint32_t>(std::min<std::uint64_t>(low, kMany));
  most = static_cast<std::uint32_t>(std::min<std::uint64_t>(high, kMany));
}

void RegexParser::condition(std::size_t open) {
  const std::size_t start = at_;
  std::size_t group = 0;
  if (look() >= '0' && look() <= '9') {
    while (look() >= '0' && look() <= '9')
      group = std::min<std::size_t>(group * 10 + static_cast<std::size_t>(pattern_[at_++] - '0'),
                                    10000);
    if (!accept(")")) fail("missing )");
    references_.emplace_back(start, group);
  } else {
    const std::string name = identifier(')');
    const auto it = out_.names_.find(name);
    if (it == out_.names_.end()) throw RegexError("unknown group name '" + name + "'", start);
    group = it->second;
  }
  const std::uint32_t test = here();
  emit({Op::Condition, static_cast<std::uint32_t>(group)});
  sequence();
  if (look() == '|') {
    ++at_;
    const std::uint32_t jump = here();
    emit({Op::Jump});
    out_.code_[test].b = here();
    sequence();
    if (look() == '|') fail("conditional backref with more than two branches");
    out_.code_[jump].a = here();
  } else {
    out_.code_[test].b = here();
  }
  close(open);
}

}  // namespace cupel::python
