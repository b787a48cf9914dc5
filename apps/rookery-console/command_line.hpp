#pragma once

#include "apps/rookery-console/command.hpp"
#include "apps/rookery-console/program_options.hpp"

#include <string>
#include <variant>
#include <vector>

namespace rookery::console {

/// A command with its arguments.
struct order {
  const command* what = nullptr;
  arguments given;

  status run(session& now) const { return what->run(now, given); }
};

/// Parses the words of a command and its options. Options of the program among
/// them are stored in `program`.
std::variant<order, early_end> read_order(std::vector<std::string> words,
                                          program_options& program);

} // namespace rookery::console
