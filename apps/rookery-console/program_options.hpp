#pragma once

#include "apps/rookery-console/early_end.hpp"

#include <string>
#include <variant>
#include <vector>

namespace CLI {
class App;
}

namespace rookery::console {

/// What the program is told besides a command.
struct program_options {
  std::string address;
  std::string token_file;
  std::string config_file;
  std::string history_file;
  bool json = false;
  bool no_color = false;

  /// The command with what belongs to it; empty: an operator types them.
  std::vector<std::string> words;

  static std::variant<program_options, early_end> parse(int argc, char** argv);

  /// Makes `app` read them, in a group of that name; none: not in the help.
  void declare(CLI::App& app, const std::string& group);
};

} // namespace rookery::console
