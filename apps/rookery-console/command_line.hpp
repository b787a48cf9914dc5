#pragma once

#include "apps/rookery-console/command.hpp"
#include "apps/rookery-console/program_options.hpp"

#include <string>
#include <variant>
#include <vector>

namespace rookery::console {

/// A command with all that it needs.
struct order {
  const command* what = nullptr;
  arguments given;

  status run(session& now) const { return what->run(now, given); }
};

/// Reads the words of a command and what belongs to it. Options of the program
/// among them go to `program`.
std::variant<order, early_end> read_order(std::vector<std::string> words,
                                          program_options& program);

} // namespace rookery::console
