#pragma once

#include <cstddef>
#include <string>

namespace rookery {

/// Returns `size` characters of [A-Za-z0-9] from a generator that the system's
/// random source seeds. For names that must not collide, not for secrets. Any
/// thread.
std::string random_text(std::size_t size);

} // namespace rookery
