#pragma once

#include "configs/settings.hpp"

#include <string>
#include <variant>
#include <vector>

namespace rookery {

/// A request to end the program at once: the text to print, and the exit status
/// (0 for --help and the like, 2 for a wrong command line or configuration).
struct exit_request {
  int status = 0;
  std::string out = {};
  std::string err = {};
};

/// The faults of a configuration, each a line of text.
struct config_faults {
  std::vector<std::string> errors = {};
  std::vector<std::string> warnings = {};
};

/// Judges settings that are right by themselves, by what they name.
using config_check = config_faults (*)(const settings& config);

/// Reads the configuration as the arguments of main demand: defaults, then the
/// file, then the command line. All errors are reported together. Secrets named
/// by `-file` keys are read. `check` is asked last, before a start and for
/// --check-config alike; null: nothing more to check.
std::variant<settings, exit_request> load(int argc, const char* const* argv,
                                          config_check check = nullptr);

} // namespace rookery
