# cupel_add_migrations(NAME VERSIONS folder [ENV env.cpp] [NAMESPACE name])
#
# Builds a project's revisions in C++, without macros and without self-registration:
#   NAME_revisions   a static library with every file of `folder` that begins with a `// revision:` header; link it into
#                    your application. #include "NAME_revisions.hpp" declares NAME::revisions(), the list of them.
#   NAME_migrate     with ENV: a program with cupel's whole command line and these revisions in it.
# NAMESPACE names the namespace of revisions(); without it, it is NAME.
#
# A revision file defines one constant of type Revision, under any name and in any (named) namespace; both are read from
# its text: `const Revision add_phone{...}`, with or without `extern`. A new, renamed or edited file is noticed at the next
# build. The list carries each file's path, for messages, and a checksum of its text that does not depend on layout, so
# that a revision edited after it was applied is noticed.

function(cupel_add_migrations name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "VERSIONS;ENV;NAMESPACE" "")
  if(NOT arg_VERSIONS OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "usage: cupel_add_migrations(NAME VERSIONS folder [ENV env.cpp] [NAMESPACE name])")
  endif()
  if(NOT name MATCHES "^[A-Za-z_][A-Za-z0-9_]*$")
    message(FATAL_ERROR "cupel_add_migrations: '${name}' must be a name for C++ too: letters, digits and '_'")
  endif()
  set(namespace ${arg_NAMESPACE})
  if(NOT namespace)
    set(namespace ${name})
  endif()
  cmake_path(ABSOLUTE_PATH arg_VERSIONS BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE OUTPUT_VARIABLE folder)

  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${name}_revisions)
  set(declarations "")
  set(entries "")
  set(ids "")
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.cpp)
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    if(NOT text MATCHES "^[ \t\r\n]*//[ \t]*revision:")
      continue() # a helper of the revisions: it is compiled all the same
    endif()
    _cupel_read_revision("${file}" "${text}" constant space checksum)
    if(space)
      set(qualified ${space}::${constant})
      set(declaration "namespace ${space} { extern const cupel::Revision ${constant}; }")
    else()
      set(qualified ${constant})
      set(declaration "extern const cupel::Revision ${constant};")
    endif()
    if(qualified IN_LIST ids)
      message(FATAL_ERROR "${file}: there is another revision constant '${qualified}'; give this one another name")
    endif()
    list(APPEND ids ${qualified})
    string(APPEND declarations "${declaration}\n")
    string(APPEND entries "      from_file(::${qualified}, R\"cupel(${file})cupel\", \"${checksum}\"),\n")
    # A constant at namespace scope is private to its file unless it was declared extern before.
    cmake_path(GET file FILENAME short)
    file(CONFIGURE OUTPUT ${generated}/${short}.hpp @ONLY CONTENT
"// Made by cupel_add_migrations() and included in front of ${short}.
#pragma once
namespace cupel::script { struct CppRevision; }
namespace cupel { using Revision = script::CppRevision; }
${declaration}
")
    set_source_files_properties(${file} PROPERTIES COMPILE_OPTIONS
      "$<IF:$<CXX_COMPILER_ID:MSVC>,/FI,-include>;${generated}/${short}.hpp")
  endforeach()
  _cupel_write_list(${name} ${namespace} ${generated} "${declarations}" "${entries}")

  add_library(${name}_revisions STATIC ${files} ${generated}/${name}_revisions.cpp)
  target_include_directories(${name}_revisions PUBLIC ${generated})
  target_link_libraries(${name}_revisions PUBLIC cupel::cupel)
  # A new revision's functions do not use `op` yet; and leaving fields at their defaults is how options are written.
  target_compile_options(${name}_revisions PRIVATE
    $<$<NOT:$<CXX_COMPILER_ID:MSVC>>:-Wno-unused-parameter;-Wno-missing-field-initializers>)
  if(arg_ENV)
    if(NOT TARGET cupel::cli)
      message(FATAL_ERROR "cupel_add_migrations: ENV needs cupel's command line, and this cupel was built without (CUPEL_BUILD_CLI)")
    endif()
    add_executable(${name}_migrate ${arg_ENV})
    target_link_libraries(${name}_migrate PRIVATE ${name}_revisions cupel::cli)
  endif()
endfunction()

# Finds the constant's name and namespace in a revision's text.
function(_cupel_read_revision file text constant_out space_out checksum_out)
  string(REGEX REPLACE "//[^\n]*" "" code "${text}")
  if(NOT code MATCHES "(^|[ \t\r\n])const[ \t\r\n]+(::)?(cupel::)?Revision[ \t\r\n]+([A-Za-z_][A-Za-z0-9_]*)[ \t\r\n]*[={]")
    message(FATAL_ERROR "${file}: has a revision's header, but defines no revision\n"
      "write:  const Revision add_phone{.id = \"...\", ...};  or move the file out of the folder")
  endif()
  set(constant ${CMAKE_MATCH_4})
  string(FIND "${code}" "${CMAKE_MATCH_0}" place)
  string(SUBSTRING "${code}" 0 ${place} before)
  # The namespaces that are open there.
  string(REGEX MATCHALL "namespace[ \t\r\n]+[A-Za-z0-9_:]*[ \t\r\n]*{|[{}]" braces "${before}")
  set(open "")
  foreach(brace IN LISTS braces)
    if(brace STREQUAL "}")
      list(POP_BACK open)
    elseif(brace MATCHES "^namespace[ \t\r\n]+([A-Za-z0-9_:]*)")
      list(APPEND open "<${CMAKE_MATCH_1}>")
    else()
      list(APPEND open "{")
    endif()
  endforeach()
  if("<>" IN_LIST open)
    message(FATAL_ERROR "${file}: the revision '${constant}' must stand in a named namespace, or in none, to be found")
  endif()
  list(FILTER open INCLUDE REGEX "<")
  list(TRANSFORM open REPLACE "[<>]" "")
  list(JOIN open "::" space)
  # Comments on lines of their own and layout do not count.
  string(REGEX REPLACE "(^|\n)[ \t]*//[^\n]*" "\\1" words "${text}")
  string(REGEX REPLACE "[ \t\r\n]+" " " words "${words}")
  string(REGEX REPLACE " ?([(){};,<>=&*:|+]) ?" "\\1" words "${words}")
  string(MD5 checksum "${words}")
  set(${constant_out} ${constant} PARENT_SCOPE)
  set(${space_out} "${space}" PARENT_SCOPE)
  set(${checksum_out} ${checksum} PARENT_SCOPE)
endfunction()

# Writes NAME_revisions.hpp and .cpp, and touches them only if they change.
function(_cupel_write_list name namespace generated declarations entries)
  file(CONFIGURE OUTPUT ${generated}/${name}_revisions.hpp @ONLY CONTENT
"// Made by cupel_add_migrations(): the revisions of '${name}'.
#pragma once
#include <vector>

#include \"cupel/script/cpp_revision.hpp\"

namespace ${namespace} {
/// Not to be called before main(): the revisions are constants of other files.
std::vector<cupel::Revision> revisions();
}  // namespace ${namespace}
")
  file(CONFIGURE OUTPUT ${generated}/${name}_revisions.cpp @ONLY CONTENT
"// Made by cupel_add_migrations().
#include \"${name}_revisions.hpp\"

@declarations@
namespace {
[[maybe_unused]] cupel::Revision from_file(cupel::Revision revision, const char* path, const char* checksum) {
  revision.path = path;
  revision.checksum = checksum;
  return revision;
}
}  // namespace

std::vector<cupel::Revision> ${namespace}::revisions() {
  return {
@entries@  };
}
")
endfunction()
