#pragma once

#include <cstddef>
#include <string>

namespace rookery {

/// Returns `size` characters of [A-Za-z0-9], from the system's random source.
/// For names that must not collide, not for secrets. Any thread.
std::string random_text(std::size_t size);

} // namespace rookery
