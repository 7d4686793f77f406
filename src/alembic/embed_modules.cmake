# Writes the files of modules/ into one C++ source: cmake -D ROOT=modules -D OUTPUT=x.cpp -P embed_modules.cmake
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/*.py)
list(SORT files)
set(texts "")
set(rows "")
set(number 0)
foreach(path IN LISTS files)
  string(REGEX REPLACE "(/__init__)?\\.py$" "" name ${path})
  string(REPLACE "/" "." name ${name})
  file(READ ${ROOT}/${path} text)
  string(APPEND texts "constexpr char kText${number}[] = R\"cupel(${text})cupel\";\n")
  string(APPEND rows "    SourceModule{\"${name}\", {kText${number}, sizeof kText${number} - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT}.new "// Made of src/alembic/modules by embed_modules.cmake.
#include <array>

#include \"alembic/runtime_state.hpp\"

namespace cupel::alembic {
namespace {

${texts}
constexpr std::array kModules{
${rows}};

}  // namespace

std::span<const SourceModule> source_modules() { return kModules; }

}  // namespace cupel::alembic
")
file(RENAME ${OUTPUT}.new ${OUTPUT})
