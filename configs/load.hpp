#pragma once

#include "configs/settings.hpp"

#include <string>
#include <variant>

namespace rookery {

/// That the program should end at once: what to print, and the exit status (0
/// for what was asked for, 2 for a wrong command line or configuration).
struct exit_request {
  int status = 0;
  std::string out = {};
  std::string err = {};
};

/// Reads the configuration as the arguments of main demand: defaults, then the
/// file, then the command line. All errors are reported together. Secrets named
/// by `-file` keys are read.
std::variant<settings, exit_request> load(int argc, const char* const* argv);

} // namespace rookery
