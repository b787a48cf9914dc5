#pragma once

#include "apps/rookery-console/command.hpp"

#include <string>

namespace rookery::console {

/// Commands with a line each; `interactive` adds those for operators alone.
std::string help_of_all(bool interactive = false);

/// "inspect ACTOR [OPTIONS]".
std::string usage_of(const command& what);

/// What only an operator at a terminal can say: name, arguments, summary.
struct console_word {
  std::string_view name;
  std::string_view usage;
  std::string_view summary;
};

const std::vector<console_word>& console_words();

} // namespace rookery::console
