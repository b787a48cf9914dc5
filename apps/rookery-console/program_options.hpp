#pragma once

#include "apps/rookery-console/early_end.hpp"

#include <string>
#include <variant>
#include <vector>

namespace CLI {
class App;
}

namespace rookery::console {

/// The options of the program, apart from a command.
struct program_options {
  std::string address;
  std::string token_file;
  std::string config_file;
  std::string history_file;
  bool json = false;
  bool no_color = false;

  /// The command and its arguments; empty: run the prompt.
  std::vector<std::string> words;

  static std::variant<program_options, early_end> parse(int argc, char** argv);

  /// Declares the options in `app` under the heading `group`; an empty group
  /// hides them from the help.
  void declare(CLI::App& app, const std::string& group);
};

} // namespace rookery::console
