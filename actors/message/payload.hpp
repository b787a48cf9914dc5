#pragma once

#include <cstdint>

namespace rookery {

/// What a publication's bytes are: valid UTF-8 text, or anything.
enum class payload_kind : std::uint8_t { text, binary };

} // namespace rookery
