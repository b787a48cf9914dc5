#pragma once

#include "configs/ip_address.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace rookery {

/// The header that a proxy sends before the bytes of its client: PROXY
/// protocol, version 1 or 2, as HAProxy specifies it.
struct proxy_header {
  enum class verdict : std::uint8_t {
    incomplete, ///< more bytes are needed
    complete,
    malformed,
  };

  verdict result = verdict::malformed;
  std::size_t size = 0; ///< in bytes, if complete
  /// The client's address; nullopt if the proxy speaks for itself or names
  /// none.
  std::optional<ip_address> client = std::nullopt;
};

/// The maximum bytes of a header: version 2 allows 64 KiB of extensions, of
/// which proxies use few.
inline constexpr std::size_t longest_proxy_header = 2048;

/// Reads the header at the front of `bytes`. Anything else is malformed.
proxy_header read_proxy_header(std::string_view bytes);

} // namespace rookery
