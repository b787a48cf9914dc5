# rookery_precompile(TARGET HEADER): precompiles cmake/HEADER for TARGET where
# ROOKERY_PCH is on.
# rookery_precompile(TARGET REUSE_FROM OTHER): uses what is precompiled for OTHER,
# which must have the same compiler flags.
function(rookery_precompile target)
  if(NOT ROOKERY_PCH)
    return()
  endif()
  if(ARGC EQUAL 2)
    target_precompile_headers(${target} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/${ARGV1})
  else()
    target_precompile_headers(${target} ${ARGN})
  endif()
endfunction()

# rookery_library(NAME LIBRARY...): a static library of every .cpp below this folder.
function(rookery_library name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  add_library(rookery_${name} STATIC ${sources})
  target_link_libraries(rookery_${name} PUBLIC rookery_options ${ARGN})
endfunction()
