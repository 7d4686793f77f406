// SPDX-License-Identifier: MIT
// See help.hpp.
#include "cli/help.hpp"

#include <CLI/CLI.hpp>

namespace cupel::cli {
namespace {

class HelpFormatter final : public CLI::Formatter {
 public:
  HelpFormatter() { column_width(34); }

  std::string make_option_opts(const CLI::Option* option) const override {
    const bool has_value = option->get_type_size() != 0 && !option->get_positional();
    return has_value && !option->get_type_name().empty() ? " " + option->get_type_name() : "";
  }

  std::string make_option_desc(const CLI::Option* option) const override {
    return describe(*option);
  }
};

}  // namespace

std::string describe(const CLI::Option& option) {
  std::string text = option.get_description();
  const bool is_repeatable = option.get_expected_max() == CLI::detail::expected_max_vector_size;
  if (is_repeatable && !option.get_positional()) text += " (repeatable)";
  if (!option.get_default_str().empty()) text += " (default: " + option.get_default_str() + ")";
  return text;
}

std::shared_ptr<CLI::FormatterBase> make_help_formatter() {
  return std::make_shared<HelpFormatter>();
}

}  // namespace cupel::cli
