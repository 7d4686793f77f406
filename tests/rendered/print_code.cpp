// SPDX-License-Identifier: MIT
// usage: print_code FILE
// Writes a C++ file with every sample as a function of a revision. It is compiled into the test
// that runs them.
#include <fmt/core.h>

#include <fstream>
#include <sstream>

#include "cupel/script/render.hpp"
#include "rendered/samples.hpp"
#include "script/cpp_code.hpp"

namespace {

std::string group_code(const cupel::rendered::Group& group) {
  std::string code = "    {\n";
  for (const cupel::ops::Operation& operation : group.operations) {
    const std::string body = cupel::script::render_cpp({{"", {operation}}}, group.naming);
    code += fmt::format("        [](Operations& op) {{\n          {}\n        }},\n",
                        cupel::script::cpp::indented(body, "          "));
  }
  return code + "    },\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::string code = R"(// Made by print_code.
#include <cupel/cupel.hpp>

#include "rendered/code.hpp"

namespace migrations {

using namespace cupel;
using cupel::model::text;

extern const std::vector<std::vector<void (*)(Operations&)>> kRendered{
)";
  for (const cupel::rendered::Group& group : cupel::rendered::groups()) code += group_code(group);
  code += "};\n\n}  // namespace migrations\n";
  // An unchanged file is not compiled again.
  std::ostringstream before;
  before << std::ifstream(argv[1]).rdbuf();
  if (before.str() != code) std::ofstream(argv[1]) << code;
}
