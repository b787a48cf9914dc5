# Debian's libedit-dev packages no CMake config.
include(FindPackageHandleStandardArgs)
find_path(Libedit_INCLUDE_DIR editline/readline.h)
find_library(Libedit_LIBRARY edit)
find_package_handle_standard_args(Libedit REQUIRED_VARS Libedit_LIBRARY
                                  Libedit_INCLUDE_DIR)
if(Libedit_FOUND AND NOT TARGET Libedit::libedit)
  add_library(Libedit::libedit UNKNOWN IMPORTED)
  set_target_properties(
    Libedit::libedit
    PROPERTIES IMPORTED_LOCATION "${Libedit_LIBRARY}"
               INTERFACE_INCLUDE_DIRECTORIES "${Libedit_INCLUDE_DIR}")
endif()
