# Quicker builds of cupel itself, where the machine has the tools; never imposed on a project that includes us.
find_program(CUPEL_CCACHE ccache)
if(CUPEL_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER AND NOT DEFINED ENV{CMAKE_CXX_COMPILER_LAUNCHER})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CUPEL_CCACHE})
endif()
find_program(CUPEL_MOLD mold)
if(CUPEL_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
