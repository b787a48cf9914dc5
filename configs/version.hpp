#pragma once

#include <string_view>

namespace rookery {

/// The version of this program, e.g. "0.1.0".
std::string_view version() noexcept;

} // namespace rookery
