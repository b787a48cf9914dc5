#pragma once

#include "configs/settings.hpp"

#include <string>
#include <variant>

namespace rookery {

/// A request to end the program at once: the text to print, and the exit status
/// (0 for --help and the like, 2 for a wrong command line or configuration).
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
