// SPDX-License-Identifier: MIT
// The matcher. See regex.hpp.
#include "python/regex.hpp"

#include <utility>

#include "python/unicode.hpp"

namespace cupel::python {

bool Regex::in_set_plain(const CharSet& set, char32_t point) const {
  if (point < 128) return (set.ascii[point / 64] >> (point % 64) & 1) != 0;
  for (const auto& [first, last] : set.ranges) {
    if (point >= first && point <= last) return true;
  }
  for (const char letter : set.classes) {
    bool member = false;
    if (!set.ascii_only) {
      switch (letter | 32) {
        case 'd':
          member = unicode::is_digit(point);
          break;
        case 's':
          member = unicode::is_space(point);
          break;
        default:
          member = unicode::is_alpha(point) || unicode::is_numeric(point);
          break;
      }
    }
    if (member != (letter >= 'A' && letter <= 'Z')) return true;
  }
  return false;
}

bool Regex::in_set(const CharSet& set, char32_t point) const {
  bool found = in_set_plain(set, point);
  if (!found && set.fold) {
    found =
        in_set_plain(set, unicode::to_lower(point)) || in_set_plain(set, unicode::to_upper(point));
  }
  return found != set.negated;
}

/// One attempt after the other, from left to right.
class RegexRun {
 public:
  RegexRun(const Regex& regex, std::string_view text, std::size_t end,
           const std::function<void(std::uint64_t)>& tick)
      : regex_(regex),
        text_(text.substr(0, end)),
        tick_(tick),
        slots_(2 * (regex.groups_ + 1), -1),
        marks_(regex.registers_, -1) {}

  bool attempt(std::size_t start) {
    std::fill(slots_.begin(), slots_.end(), -1);
    std::fill(marks_.begin(), marks_.end(), -1);
    stack_.clear();
    return run(0, start);
  }

  const std::vector<std::int64_t>& slots() const { return slots_; }
  bool whole = false;  ///< the match must end where the text ends
  std::optional<std::size_t> not_empty_at;

 private:
  using Op = Regex::Op;
  enum class Kind : std::uint8_t { Branch, Slot, Mark, Less, More };
  struct Entry {
    Kind kind;
    std::uint32_t code;     ///< where to go on; the slot
    std::int64_t position;  ///< the old value of a slot
    std::int64_t limit = 0;
  };

  void count() {
    if (++steps_ % 256 == 0) tick_(256);
    if (stack_.size() > 20'000'000) throw RegexError("the match needs too much memory", 0);
  }

  char32_t point_at(std::size_t at, std::size_t& length) const {
    if (regex_.bytes_) {
      length = 1;
      return static_cast<unsigned char>(text_[at]);
    }
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) {
      length = 1;
      return byte;
    }
    return unicode::decode(text_, at, length);
  }

  std::size_t before(std::size_t at) const {
    --at;
    while (!regex_.bytes_ && at > 0 && (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80) --at;
    return at;
  }

  bool is_word(std::size_t at, bool ascii) const {
    std::size_t length = 0;
    const char32_t c = point_at(at, length);
    if (c < 128)
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return !ascii && (unicode::is_alpha(c) || unicode::is_numeric(c));
  }

  bool at_word(std::size_t at, bool ascii) const {
    const bool left = at > 0 && is_word(before(at), ascii);
    const bool right = at < text_.size() && is_word(at, ascii);
    return left != right;
  }

  /// Does one character fit a simple instruction? Gives its length.
  bool fits(const Regex::Instruction& one, std::size_t at, std::size_t& length) const {
    if (at >= text_.size()) return false;
    const char32_t c = point_at(at, length);
    switch (one.op) {
      case Op::Char:
        return c == one.a;
      case Op::CharFold:
        return unicode::to_lower(c) == one.a || unicode::to_lower(unicode::to_upper(c)) == one.a;
      case Op::Any:
        return c != '\n';
      case Op::AnyAll:
        return true;
      default:
        return regex_.in_set(regex_.sets_[one.a], c);
    }
  }

  void save(std::uint32_t slot, std::int64_t value) {
    stack_.push_back({Kind::Slot, slot, slots_[slot]});
    slots_[slot] = value;
  }

  bool back_reference(const Regex::Instruction& one, std::size_t& at) const {
    const std::int64_t from = slots_[2 * one.a], to = slots_[2 * one.a + 1];
    if (from < 0 || to < from) return false;
    const std::string_view part =
        text_.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
    if (one.op == Op::BackReference) {
      if (text_.substr(at, part.size()) != part) return false;
      at += part.size();
      return true;
    }
    for (std::size_t i = 0; i < part.size();) {
      if (at >= text_.size()) return false;
      std::size_t a = 0, b = 0;
      if (unicode::to_lower(unicode::decode(part, i, a)) != unicode::to_lower(point_at(at, b)))
        return false;
      i += a;
      at += b;
    }
    return true;
  }

  /// Runs the inside of a look-around or atomic group on its own.
  bool inside(std::uint32_t code, std::size_t at, std::size_t* end) {
    const std::size_t base = stack_.size();
    const std::size_t outer = base_;
    const bool outer_whole = std::exchange(whole, false);
    const auto outer_empty = std::exchange(not_empty_at, std::nullopt);
    base_ = base;
    const bool found = run(code, at);
    if (end != nullptr) *end = accepted_;
    base_ = outer;
    whole = outer_whole;
    not_empty_at = outer_empty;
    if (found) {
      // Its choices are settled, but what it captured must be undone if we come back.
      std::size_t out = base;
      for (std::size_t i = base; i < stack_.size(); ++i) {
        if (stack_[i].kind == Kind::Slot || stack_[i].kind == Kind::Mark) stack_[out++] = stack_[i];
      }
      stack_.resize(out);
    }
    return found;
  }

  bool look_behind(const Regex::Instruction& one, std::uint32_t code, std::size_t at) {
    std::size_t start = at;
    for (std::uint32_t i = 0; i < regex_.code_[code + 1].a; ++i) {
      if (start == 0) return one.b != 0;
      start = before(start);
    }
    const std::size_t mark = stack_.size();
    const bool found = inside(code + 2, start, nullptr);
    if (one.b != 0 && found) undo(mark);
    return found != (one.b != 0);
  }

  bool look_ahead(const Regex::Instruction& one, std::uint32_t code, std::size_t at) {
    const std::size_t mark = stack_.size();
    const bool found = inside(code + 1, at, nullptr);
    if (one.b != 0 && found) undo(mark);
    return found != (one.b != 0);
  }

  void undo(std::size_t mark) {
    while (stack_.size() > mark) {
      const Entry entry = stack_.back();
      stack_.pop_back();
      if (entry.kind == Kind::Slot) slots_[entry.code] = entry.position;
      if (entry.kind == Kind::Mark) marks_[entry.code] = entry.position;
    }
  }

  /// As many characters as fit; leaves a choice to give some back, or to take more.
  bool repeat(const Regex::Instruction& one, std::uint32_t code, std::size_t& at) {
    const Regex::Instruction& what = regex_.code_[code + 1];
    std::size_t length = 0;
    std::uint32_t taken = 0;
    for (; taken < one.a; ++taken) {
      count();
      if (!fits(what, at, length)) return false;
      at += length;
    }
    if (one.op == Op::RepeatLazy) {
      if (one.b > taken)
        stack_.push_back({Kind::More, code, static_cast<std::int64_t>(at),
                          one.b == 0xFFFFFFFF ? -1 : static_cast<std::int64_t>(one.b - taken)});
      return true;
    }
    const std::size_t least = at;
    while (taken < one.b && fits(what, at, length)) {
      count();
      at += length;
      ++taken;
    }
    if (one.op == Op::Repeat && at > least) {
      stack_.push_back(
          {Kind::Less, code + 2, static_cast<std::int64_t>(at), static_cast<std::int64_t>(least)});
    }
    return true;
  }

  /// Goes back to the last choice; false if there is none.
  bool back(std::uint32_t& code, std::size_t& at) {
    while (stack_.size() > base_) {
      Entry& entry = stack_.back();
      switch (entry.kind) {
        case Kind::Slot:
          slots_[entry.code] = entry.position;
          stack_.pop_back();
          break;
        case Kind::Mark:
          marks_[entry.code] = entry.position;
          stack_.pop_back();
          break;
        case Kind::Branch:
          code = entry.code;
          at = static_cast<std::size_t>(entry.position);
          stack_.pop_back();
          return true;
        case Kind::Less: {
          count();
          entry.position =
              static_cast<std::int64_t>(before(static_cast<std::size_t>(entry.position)));
          code = entry.code;
          at = static_cast<std::size_t>(entry.position);
          if (entry.position <= entry.limit) stack_.pop_back();
          return true;
        }
        case Kind::More: {
          count();
          std::size_t length = 0;
          const auto position = static_cast<std::size_t>(entry.position);
          if (entry.limit == 0 || !fits(regex_.code_[entry.code + 1], position, length)) {
            stack_.pop_back();
            break;
          }
          entry.position += static_cast<std::int64_t>(length);
          if (entry.limit > 0) --entry.limit;
          code = entry.code + 2;
          at = static_cast<std::size_t>(entry.position);
          return true;
        }
      }
    }
    return false;
  }

  bool run(std::uint32_t code, std::size_t at) {
    while (true) {
      count();
      const Regex::Instruction& one = regex_.code_[code];
      bool good = true;
      std::size_t length = 0;
      switch (one.op) {
        case Op::Char:
        case Op::CharFold:
        case Op::Any:
        case Op::AnyAll:
        case Op::Set:
          good = fits(one, at, length);
          at += good ? length : 0;
          ++code;
          break;
        case Op::Split:
          stack_.push_back({Kind::Branch, one.b, static_cast<std::int64_t>(at)});
          code = one.a;
          break;
        case Op::Jump:
          code = one.a;
          break;
        case Op::Save:
          save(one.a, static_cast<std::int64_t>(at));
          ++code;
          break;
        case Op::Begin:
          good = at == 0;
          ++code;
          break;
        case Op::BeginLine:
          good = at == 0 || text_[at - 1] == '\n';
          ++code;
          break;
        case Op::End:
          good = at == text_.size() || (at + 1 == text_.size() && text_[at] == '\n');
          ++code;
          break;
        case Op::EndLine:
          good = at == text_.size() || text_[at] == '\n';
          ++code;
          break;
        case Op::EndText:
          good = at == text_.size();
          ++code;
          break;
        case Op::Word:
          good = at_word(at, one.a != 0);
          ++code;
          break;
        case Op::NotWord:
          good = !at_word(at, one.a != 0);
          ++code;
          break;
        case Op::BackReference:
        case Op::BackReferenceFold:
          good = back_reference(one, at);
          ++code;
          break;
        case Op::Repeat:
        case Op::RepeatLazy:
        case Op::RepeatOnly:
          good = repeat(one, code, at);
          code += 2;
          break;
        case Op::LookAhead:
          good = look_ahead(one, code, at);
          code = one.a;
          break;
        case Op::LookBehind:
          good = look_behind(one, code, at);
          code = one.a;
          break;
        case Op::Atomic:
          good = inside(code + 1, at, &at);
          code = one.a;
          break;
        case Op::Condition:
          code = slots_[2 * one.a + 1] >= 0 ? code + 1 : one.b;
          break;
        case Op::LoopMark:
          stack_.push_back({Kind::Mark, one.a, marks_[one.a]});
          marks_[one.a] = static_cast<std::int64_t>(at);
          ++code;
          break;
        case Op::LoopCheck:
          // A round that ate nothing ends the loop: behind it stands the jump back.
          code += marks_[one.a] == static_cast<std::int64_t>(at) ? 2 : 1;
          break;
        case Op::Nop:
          ++code;
          break;
        case Op::Accept:
          good = !(whole && at != text_.size()) && !(not_empty_at && at == *not_empty_at &&
                                                     slots_[0] == static_cast<std::int64_t>(at));
          if (good) {
            accepted_ = at;
            return true;
          }
          break;
      }
      if (!good && !back(code, at)) return false;
    }
  }

  const Regex& regex_;
  std::string_view text_;
  const std::function<void(std::uint64_t)>& tick_;
  std::vector<std::int64_t> slots_;
  std::vector<std::int64_t> marks_;
  std::vector<Entry> stack_;
  std::size_t base_ = 0;
  std::size_t accepted_ = 0;
  std::uint64_t steps_ = 0;
};

bool Regex::match(std::string_view text, std::size_t start, std::size_t end, Mode mode, Groups& out,
                  const std::function<void(std::uint64_t)>& tick,
                  std::optional<std::size_t> not_empty_at) const {
  RegexRun run(*this, text, end, tick);
  run.whole = mode == Mode::FullMatch;
  run.not_empty_at = not_empty_at;
  std::size_t at = start;
  while (at <= end) {
    if (mode == Mode::Search && !prefix_.empty()) {
      const std::size_t found = text.substr(0, end).find(prefix_, at);
      if (found == std::string_view::npos) return false;
      tick(1 + (found - at) / 64);
      at = found;
    }
    if (run.attempt(at)) {
      out = run.slots();
      return true;
    }
    if (mode != Mode::Search) return false;
    ++at;
    while (!bytes_ && at < end && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return false;
}

}  // namespace cupel::python
