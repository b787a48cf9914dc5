# Compiler flags shared by every target, and ccache where it is installed.
add_library(rookery_options INTERFACE)
# Designated initialisers leave out members on purpose.
target_compile_options(rookery_options INTERFACE -Wall -Wextra -Wpedantic
                                                 -Wno-missing-field-initializers)
target_include_directories(rookery_options INTERFACE ${CMAKE_SOURCE_DIR})

if(ROOKERY_WERROR)
  target_compile_options(rookery_options INTERFACE -Werror)
endif()

if(ROOKERY_SANITIZE)
  if(ROOKERY_SANITIZE STREQUAL thread)
    set(sanitizers -fsanitize=thread)
  else()
    # One CAF header binds a reference to null on purpose: -fno-sanitize=null.
    set(sanitizers -fsanitize=address,undefined -fno-sanitize=null
                   -fno-sanitize-recover=undefined)
  endif()
  list(APPEND sanitizers -fno-omit-frame-pointer
       # GCC documents false positives beside sanitizers.
       $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_compile_options(rookery_options INTERFACE ${sanitizers})
  target_link_options(rookery_options INTERFACE ${sanitizers})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers are cacheable only with this sloppiness. With DEPEND a
  # file that is not in the cache is not preprocessed twice.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      CCACHE_DEPEND=1 ${CCACHE})
endif()
