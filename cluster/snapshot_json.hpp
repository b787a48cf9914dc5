#pragma once

#include "actors/snapshot.hpp"

#include <string>

namespace rookery {

/// Snapshots as the admin listener shows them: JSON, bytes that are not UTF-8
/// replaced.
std::string to_json(const snapshot& actor);

/// `next` is there while there are more.
std::string to_json(const listing& page);

} // namespace rookery
