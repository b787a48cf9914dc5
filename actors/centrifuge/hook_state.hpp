#pragma once

#include "actors/message/backend.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// What only those connections have about which backends are asked.
struct hook_state {
  /// A publish command that waits for the backend.
  struct publish {
    std::uint32_t command;
    std::string channel;
    std::string data;
  };

  std::string meta; ///< JSON that backends are told; empty: none
  /// Header fields of the client's request that backends are told.
  std::vector<backend_field> fields;
  /// What the client has sent since its connect command, which the first frame
  /// begins with, while the backend is asked about that.
  std::vector<std::string> input;
  std::size_t input_bytes = 0;
  /// The backend is asked about the first one: they keep their order.
  std::list<publish> publishes;
  std::size_t publish_bytes = 0;
  /// It is the backend that ends the connection or prolongs it.
  bool is_guarded = false;
  bool is_refreshing = false;
};

} // namespace rookery
