# rookery_library(NAME LIBRARY...): a static library of every .cpp below this folder.
function(rookery_library name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  add_library(rookery_${name} STATIC ${sources})
  target_link_libraries(rookery_${name} PUBLIC rookery_options ${ARGN})
endfunction()
