#pragma once

#include "configs/setting_key.hpp"

#include <string>
#include <vector>

namespace rookery {

/// The parsed command line.
struct command_line {
  enum class action { run, help, version, dump_config, check_config };

  struct assignment {
    setting_key key;
    std::string text;
  };

  action wanted = action::run;
  bool with_secrets = false;
  std::string config_file; ///< empty: none
  std::vector<assignment> assignments;
  std::vector<std::string> errors;
};

/// Reads the arguments of main. Does not touch files and does not check values.
command_line parse_command_line(int argc, const char* const* argv);

} // namespace rookery
