#pragma once

#include "apps/rookery-console/command.hpp"

#include <string>

namespace rookery::console {

/// The list of commands, one line each; `interactive` adds the words of the
/// prompt.
std::string help_of_all(bool interactive = false);

/// The usage line, "inspect ACTOR [OPTIONS]".
std::string usage_of(const command& what);

/// A word that works only at the prompt: name, arguments, summary.
struct console_word {
  std::string_view name;
  std::string_view usage;
  std::string_view summary;
};

const std::vector<console_word>& console_words();

} // namespace rookery::console
