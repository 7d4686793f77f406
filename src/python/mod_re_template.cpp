// SPDX-License-Identifier: MIT
// Templates: the text that sub() and expand() put in, with references to groups. See mod_re.hpp.
#include "python/mod_re.hpp"

namespace cupel::python::re {
namespace {

class Template {
 public:
  Template(Interpreter& in, const MatchData& match, std::string_view text)
      : in_(in), match_(match), text_(text) {}

  Text expanded() {
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] != '\\' || at_ + 1 >= text_.size()) {
        out_ += text_[at_];
        continue;
      }
      const char c = text_[++at_];
      if (c == 'g') {
        named_reference();
      } else if (c >= '1' && c <= '9') {
        numbered_reference();
      } else {
        character(c);
      }
    }
    return std::move(out_);
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    raise_error(in_, RegexError(message, at_));
  }
  const Regex& regex() const { return *pattern_of(match_.pattern).regex; }

  void add_group(std::size_t number) {
    if (number > regex().group_count()) fail("invalid group reference " + std::to_string(number));
    const Value part = group_piece(in_, match_, number);
    out_ += in_.view(part);
  }

  /// \g<name> or \g<1>
  void named_reference() {
    const std::size_t close = text_.find('>', at_);
    if (at_ + 1 >= text_.size() || text_[at_ + 1] != '<' || close == std::string_view::npos)
      fail("missing <");
    add_group(number_of(text_.substr(at_ + 2, close - at_ - 2)));
    at_ = close;
  }

  std::size_t number_of(std::string_view name) const {
    const bool digits =
        !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
    if (digits) return std::strtoul(std::string(name.substr(0, 6)).c_str(), nullptr, 10);
    const auto it = regex().names().find(name);
    if (it == regex().names().end())
      in_.raise("IndexError", "unknown group name '" + std::string(name) + "'");
    return it->second;
  }

  void numbered_reference() {
    auto number = static_cast<std::size_t>(text_[at_] - '0');
    if (at_ + 1 < text_.size() && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9')
      number = number * 10 + static_cast<std::size_t>(text_[++at_] - '0');
    add_group(number);
  }

  void character(char c) {
    static constexpr std::string_view kLetters = "afnrtv0\\";
    static constexpr std::string_view kMeanings("\a\f\n\r\t\v\0\\", kLetters.size());
    if (const std::size_t known = kLetters.find(c); known != std::string_view::npos) {
      out_ += kMeanings[known];
      return;
    }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) fail(std::string("bad escape \\") + c);
    out_ += '\\';
    out_ += c;
  }

  Interpreter& in_;
  const MatchData& match_;
  std::string_view text_;
  std::size_t at_ = 0;
  Text out_;
};

}  // namespace

Text expand(Interpreter& in, const MatchData& match, std::string_view pattern) {
  return Template(in, match, pattern).expanded();
}

}  // namespace cupel::python::re
