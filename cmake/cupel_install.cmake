# Install rules: public headers, libcupel, the program, and a package so that find_package(cupel) works.
# Included last, when all targets exist. Test: tests/install/.
include(CMakePackageConfigHelpers)
set(cupel_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/cupel)

set(cupel_exported cupel)
set_target_properties(cupel PROPERTIES EXPORT_NAME cupel)
if(TARGET cupel_cli)
  list(APPEND cupel_exported cupel_cli)
  set_target_properties(cupel_cli PROPERTIES EXPORT_NAME cli)
endif()
install(TARGETS ${cupel_exported} EXPORT cupel-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET cupel_program)
  install(TARGETS cupel_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/cupel DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.hpp")
install(EXPORT cupel-targets NAMESPACE cupel:: DESTINATION ${cupel_package_dir})

# A static library hands its private dependencies to the final link, so the consumer must find them too.
set(linked "")
foreach(target IN LISTS cupel_exported)
  get_target_property(libraries ${target} LINK_LIBRARIES)
  list(APPEND linked ${libraries})
endforeach()
set(CUPEL_FIND_DEPENDENCIES "")
foreach(package fmt SQLite3 Threads PostgreSQL)
  string(REPLACE "SQLite3" "SQLite" prefix ${package})
  if(linked MATCHES "${prefix}::")
    string(APPEND CUPEL_FIND_DEPENDENCIES "find_dependency(${package})\n")
  endif()
endforeach()
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/cupel-config.cmake.in
  ${PROJECT_BINARY_DIR}/cupel-config.cmake INSTALL_DESTINATION ${cupel_package_dir})
# Before 1.0 a minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cupel-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/cupel-config.cmake ${PROJECT_BINARY_DIR}/cupel-config-version.cmake
  DESTINATION ${cupel_package_dir})

# cupel_migrations.cmake gives a project its own program; files that it reads lie beside it in cmake/.
file(GLOB helpers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/cupel_migrations*)
install(FILES ${helpers} DESTINATION ${cupel_package_dir})
