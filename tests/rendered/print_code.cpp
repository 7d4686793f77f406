// SPDX-License-Identifier: MIT
// usage: print_code FOLDER
// Writes C++ files into FOLDER: code.cpp with every sample operation as a function of a revision,
// and models.cpp with the models of every sample schema. They are compiled into the test that runs
// them.
#include <fmt/core.h>

#include <fstream>
#include <sstream>

#include "cupel/base/text.hpp"
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

/// An unchanged file is not compiled again.
void write(const std::string& path, const std::string& text) {
  std::ostringstream before;
  before << std::ifstream(path).rdbuf();
  if (before.str() != text) std::ofstream(path) << text;
}

void write_functions(const std::string& path) {
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
  write(path, code);
}

/// A header for each schema, in a namespace of its own.
void write_models(const std::string& folder) {
  std::string includes;
  std::string list;
  int number = 0;
  for (const cupel::model::Schema& schema : cupel::rendered::schemas()) {
    const std::string space = fmt::format("models_{}", number++);
    std::string header = cupel::script::render_cpp_models(schema);
    for (const char* use : {"namespace models {", "namespace models\n"}) {
      header =
          cupel::text::replace_all(header, use, cupel::text::replace_all(use, "models", space));
    }
    write(folder + "/" + space + ".hpp", header);
    includes += fmt::format("#include \"{}.hpp\"\n", space);
    list += fmt::format("    {}::declare,\n", space);
  }
  write(folder + "/models.cpp",
        "// Made by print_code.\n#include \"rendered/code.hpp\"\n" + includes +
            "\nextern const std::vector<void (*)(cupel::model::Schema&)> kRenderedModels{\n" +
            list + "};\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  write_functions(std::string(argv[1]) + "/code.cpp");
  write_models(argv[1]);
}
