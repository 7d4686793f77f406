# Warnings, sanitizers and visibility, for cupel's own targets only.
function(cupel_target_options target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES
    CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON)
  # Designated initialisers that leave the tail at its defaults are our idiom for options.
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wno-missing-field-initializers
    $<$<BOOL:${CUPEL_WERROR}>:-Werror>)
  if(CUPEL_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${CUPEL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${CUPEL_SANITIZE})
  endif()
endfunction()
