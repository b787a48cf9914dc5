#pragma once

#include <cstdint>

namespace rookery {

/// The kind of a publication's bytes: valid UTF-8 text, or any bytes.
enum class payload_kind : std::uint8_t { text, binary };

} // namespace rookery
