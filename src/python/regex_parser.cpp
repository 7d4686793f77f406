// SPDX-License-Identifier: MIT
// A pattern to instructions: alternatives, repetitions, single characters. See regex_parser.hpp.
#include "python/regex_parser.hpp"

#include <algorithm>
#include <limits>

#include "python/unicode.hpp"

namespace cupel::python {

namespace {
constexpr std::uint32_t kForever = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMaxProgram = 200'000;
constexpr int kMaxGroups = 150;
}  // namespace

void RegexParser::run() {
  inline_flags();
  emit({Regex::Op::Save, 0});
  alternatives();
  if (at_ < pattern_.size()) fail("unbalanced parenthesis");
  emit({Regex::Op::Save, 1});
  emit({Regex::Op::Accept});
  for (const auto& [at, group] : references_) {
    if (group > out_.groups_)
      throw RegexError("invalid group reference " + std::to_string(group), at);
  }
  find_prefix();
}

char RegexParser::look(std::size_t n) const {
  return at_ + n < pattern_.size() ? pattern_[at_ + n] : '\0';
}

bool RegexParser::accept(std::string_view text) {
  if (pattern_.substr(at_, text.size()) != text) return false;
  at_ += text.size();
  return true;
}

void RegexParser::emit(Instruction instruction) {
  if (out_.code_.size() >= kMaxProgram) fail("regular expression is too large");
  out_.code_.push_back(instruction);
}

char32_t RegexParser::next_point() {
  if (out_.bytes_) return static_cast<unsigned char>(pattern_[at_++]);
  std::size_t length = 0;
  const char32_t point = unicode::decode(pattern_, at_, length);
  at_ += length;
  return point;
}

// (?im) at the very beginning holds for the whole pattern.
void RegexParser::inline_flags() {
  flags_ = out_.flags_;
  while (look() == '(' && look(1) == '?' &&
         std::string_view("aiLmsux").find(look(2)) != std::string_view::npos) {
    std::size_t end = at_ + 2;
    unsigned found = 0;
    while (end < pattern_.size() && flag_of(pattern_[end], found)) ++end;
    if (end >= pattern_.size() || pattern_[end] != ')') break;
    flags_ |= found;
    at_ = end + 1;
  }
  out_.flags_ = flags_;
}

bool RegexParser::flag_of(char c, unsigned& flags) {
  switch (c) {
    case 'i':
      flags |= kRegexIgnoreCase;
      return true;
    case 'm':
      flags |= kRegexMultiline;
      return true;
    case 's':
      flags |= kRegexDotAll;
      return true;
    case 'x':
      flags |= kRegexVerbose;
      return true;
    case 'a':
      flags |= kRegexAscii;
      return true;
    case 'u':
    case 'L':
      return true;
    default:
      return false;
  }
}

void RegexParser::skip_verbose() {
  if (!flag(kRegexVerbose)) return;
  while (!done()) {
    if (look() == '#') {
      while (!done() && look() != '\n') ++at_;
    } else if (look() == ' ' || (look() >= 9 && look() <= 13)) {
      ++at_;
    } else {
      return;
    }
  }
}

void RegexParser::alternatives() {
  if (++depth_ > kMaxGroups) fail("too many nested groups");
  const unsigned outer = flags_;
  std::vector<std::uint32_t> ends;
  std::uint32_t start = here();
  sequence();
  while (look() == '|') {
    ++at_;
    // Split in front of what was written; it moves by one.
    insert(start, {Op::Split, start + 1, 0});
    ends.push_back(here());
    emit({Op::Jump});
    out_.code_[start].b = here();
    start = here();
    sequence();
  }
  for (const std::uint32_t end : ends) out_.code_[end].a = here();
  flags_ = outer;
  --depth_;
}

void RegexParser::insert(std::uint32_t place, Instruction instruction) {
  if (out_.code_.size() >= kMaxProgram) fail("regular expression is too large");
  shift(place, here(), place, 1);
  out_.code_.insert(out_.code_.begin() + place, instruction);
}

void RegexParser::shift(std::uint32_t begin, std::uint32_t end, std::uint32_t from,
                        std::uint32_t by) {
  for (std::uint32_t i = begin; i < end; ++i) {
    Instruction& one = out_.code_[i];
    const bool jumps_a = one.op == Op::Split || one.op == Op::Jump || one.op == Op::LookAhead ||
                         one.op == Op::LookBehind || one.op == Op::Atomic;
    const bool jumps_b = one.op == Op::Split || one.op == Op::Condition;
    if (jumps_a && one.a >= from) one.a += by;
    if (jumps_b && one.b >= from) one.b += by;
  }
}

void RegexParser::sequence() {
  while (true) {
    skip_verbose();
    if (done() || look() == '|' || look() == ')') return;
    const std::uint32_t start = here();
    const std::size_t place = at_;
    const bool repeatable = item();
    skip_verbose();
    quantifiers(start, place, repeatable);
  }
}

bool RegexParser::bounds(std::uint32_t& least, std::uint32_t& most) {
  least = 0;
  most = kForever;
  switch (look()) {
    case '*':
      ++at_;
      return true;
    case '+':
      ++at_;
      least = 1;
      return true;
    case '?':
      ++at_;
      most = 1;
      return true;
    case '{':
      break;
    default:
      return false;
  }
  const std::size_t mark = at_;
  ++at_;
  const auto number = [&](std::uint32_t& out) {
    if (look() < '0' || look() > '9') return false;
    std::uint64_t value = 0;
    while (look() >= '0' && look() <= '9') {
      value = value * 10 + static_cast<std::uint64_t>(look() - '0');
      if (value > 1'000'000) fail("the repetition number is too large");
      ++at_;
    }
    out = static_cast<std::uint32_t>(value);
    return true;
  };
  const bool low = number(least);
  if (look() == ',') {
    ++at_;
    number(most);
    if (!low && most == kForever && look() != '}') least = 0;
  } else {
    most = least;
    if (!low) {
      at_ = mark;
      return false;
    }
  }
  if (look() != '}' || (!low && most == kForever && pattern_[at_ - 1] != ',')) {
    at_ = mark;
    return false;
  }
  ++at_;
  if (most < least) fail("min repeat greater than max repeat");
  return true;
}

void RegexParser::quantifiers(std::uint32_t start, std::size_t place, bool repeatable) {
  std::uint32_t least = 0, most = 0;
  if (!bounds(least, most)) return;
  if (!repeatable) throw RegexError("nothing to repeat", place);
  const bool lazy = accept("?");
  const bool only = !lazy && accept("+");
  std::uint32_t again_low = 0, again_high = 0;
  const std::size_t mark = at_;
  if (bounds(again_low, again_high)) throw RegexError("multiple repeat", mark);
  if (here() == start) return;  // an empty item
  repeat(start, least, most, lazy, only);
}

bool RegexParser::single(Op op) {
  return op == Op::Char || op == Op::CharFold || op == Op::Any || op == Op::AnyAll || op == Op::Set;
}

void RegexParser::repeat(std::uint32_t start, std::uint32_t least, std::uint32_t most, bool lazy,
                         bool only) {
  if (here() - start == 1 && single(out_.code_[start].op)) {
    insert(start, {only ? Op::RepeatOnly : lazy ? Op::RepeatLazy : Op::Repeat, least, most});
    return;
  }
  if (only) {
    repeat(start, least, most, false, false);
    insert(start, {Op::Atomic, 0});
    emit({Op::Accept});
    out_.code_[start].a = here();
    return;
  }
  const std::vector<Instruction> body(out_.code_.begin() + start, out_.code_.end());
  if (static_cast<std::uint64_t>(body.size() + 4) *
          std::max<std::uint32_t>(1, most == kForever ? least + 1 : most) >
      kMaxProgram) {
    fail("regular expression is too large");
  }
  out_.code_.resize(start);
  const auto copy = [&] {
    const std::uint32_t from = here();
    for (const Instruction& one : body) emit(one);
    shift(from, here(), 0, from - start);
  };
  const auto split = [&](std::uint32_t inside, std::uint32_t outside) {
    return lazy ? Instruction{Op::Split, outside, inside} : Instruction{Op::Split, inside, outside};
  };
  for (std::uint32_t i = 0; i < least; ++i) copy();
  if (most == kForever) {
    const auto mark = static_cast<std::uint32_t>(out_.registers_++);
    const std::uint32_t loop = here();
    emit({});
    emit({Op::LoopMark, mark});
    copy();
    emit({Op::LoopCheck, mark});
    emit({Op::Jump, loop});
    out_.code_[loop] = split(loop + 1, here());
    return;
  }
  std::vector<std::uint32_t> splits;
  for (std::uint32_t i = least; i < most; ++i) {
    splits.push_back(here());
    emit({});
    copy();
  }
  for (const std::uint32_t place : splits) out_.code_[place] = split(place + 1, here());
}

void RegexParser::character(char32_t point) {
  if (flag(kRegexIgnoreCase)) {
    emit({Op::CharFold, static_cast<std::uint32_t>(unicode::to_lower(point))});
  } else {
    emit({Op::Char, static_cast<std::uint32_t>(point)});
  }
}

bool RegexParser::item() {
  switch (look()) {
    case '(':
      return group();
    case '[':
      ++at_;
      set();
      return true;
    case '.':
      ++at_;
      emit({flag(kRegexDotAll) ? Op::AnyAll : Op::Any});
      return true;
    case '^':
      ++at_;
      emit({flag(kRegexMultiline) ? Op::BeginLine : Op::Begin});
      return false;
    case '$':
      ++at_;
      emit({flag(kRegexMultiline) ? Op::EndLine : Op::End});
      return false;
    case '\\':
      return escape();
    case '*':
    case '+':
    case '?':
      fail("nothing to repeat");
    default:
      character(next_point());
      return true;
  }
}

Regex::Regex(std::string_view pattern, unsigned flags, bool bytes) : flags_(flags), bytes_(bytes) {
  RegexParser(*this, pattern).run();
}

}  // namespace cupel::python
