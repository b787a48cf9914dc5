#pragma once

#include "configs/command_line.hpp"

#include <string>
#include <vector>

/// The sources of settings, each laid over what came before. All return the
/// errors they found; a wrong value changes nothing.
namespace rookery {

/// Lays a configuration file over `target`.
std::vector<std::string> apply_file(settings& target, const std::string& path);

/// Lays the text of a configuration file over `target`; errors begin with
/// `name` and the line.
std::vector<std::string> apply_text(settings& target, const std::string& name,
                                    const std::string& text);

/// Lays options over `target`; the last one for a key wins.
std::vector<std::string>
apply_command_line(settings& target,
                   const std::vector<command_line::assignment>& options);

/// Fills in the secrets that are kept in files.
std::vector<std::string> read_secret_files(settings& target);

} // namespace rookery
