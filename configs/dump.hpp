#pragma once

#include "configs/settings.hpp"

#include <string>

namespace rookery {

/// Shows or hides the secrets in a dump.
enum class dump_secrets : bool { no, yes };

/// Writes a complete configuration file, each key with its help. Loading it
/// gives `given` again; without secrets those are left out, while the names of
/// files that hold them stay.
std::string dump_config(const settings& given, dump_secrets secrets);

} // namespace rookery
