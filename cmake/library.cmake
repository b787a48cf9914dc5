# rookery_precompile(TARGET HEADER): precompiles cmake/HEADER for TARGET where
# ROOKERY_PCH is on.
function(rookery_precompile target header)
  if(ROOKERY_PCH)
    target_precompile_headers(${target} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/${header})
  endif()
endfunction()

# rookery_library(NAME LIBRARY...): a static library of every .cpp below this folder.
function(rookery_library name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  add_library(rookery_${name} STATIC ${sources})
  target_link_libraries(rookery_${name} PUBLIC rookery_options ${ARGN})
endfunction()
