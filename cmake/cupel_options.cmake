# Warnings, sanitizers and visibility, for cupel's own targets only.
function(cupel_target_options target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES
    CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON)
  # Designated initialisers that leave the tail at its defaults are our idiom for options.
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wno-missing-field-initializers
    # g++ 12 at -O2 invents an overlap in `"literal" + std::string` (GCC bug 105651).
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
    # It also takes members of an empty optional that moves for values without a beginning (GCC bug 80635).
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>,$<NOT:$<CONFIG:Debug>>>:-Wno-maybe-uninitialized>
    $<$<BOOL:${CUPEL_WERROR}>:-Werror>)
  if(CUPEL_SANITIZE)
    # The five left out make half of the compile time; what they would find, the address sanitizer mostly finds too.
    target_compile_options(${target} PRIVATE -fsanitize=${CUPEL_SANITIZE}
      -fno-sanitize=null,alignment,object-size,vptr,pointer-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer
      # A call where a read is checked, instead of the check itself: a tenth of the compile time.
      $<$<CXX_COMPILER_ID:GNU>:SHELL:--param asan-instrumentation-with-call-threshold=0>)
    target_link_options(${target} PUBLIC -fsanitize=${CUPEL_SANITIZE})
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "EXECUTABLE")
      target_link_options(${target} PRIVATE -no-pie)  # a fixed address: a sanitizer's tables need not be moved at each start
    endif()
  endif()
endfunction()
