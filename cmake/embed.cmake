# rookery_embed(TARGET FILE SYMBOL [HEADER]): compiles FILE into TARGET as the
# constant std::string_view rookery::SYMBOL, which HEADER of this folder
# declares, SYMBOL.hpp if none is named.
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ ${FILE} bytes HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
  string(REGEX REPLACE "(................................................................)"
                       "\\1\"\n  \"" bytes "${bytes}")
  file(
    WRITE ${OUTPUT}
    "#include \"${HEADER}\"\n\n"
    "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
    "namespace rookery {\n\n"
    "static constexpr char bytes[] =\n  \"${bytes}\";\n\n"
    "constinit const std::string_view ${SYMBOL}{bytes, sizeof(bytes) - 1};\n\n"
    "} // namespace rookery\n")
  return()
endif()

function(rookery_embed target file symbol)
  set(source ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  set(declared ${symbol}.hpp)
  if(ARGC GREATER 3)
    set(declared ${ARGV3})
  endif()
  file(RELATIVE_PATH header ${CMAKE_SOURCE_DIR}
       ${CMAKE_CURRENT_SOURCE_DIR}/${declared})
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFILE=${source} -DOUTPUT=${output}
            -DSYMBOL=${symbol} -DHEADER=${header} -P
            ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${source} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
