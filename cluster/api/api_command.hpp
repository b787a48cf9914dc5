#pragma once

#include "actors/channel/namespaces.hpp"
#include "actors/message/bus_messages.hpp"
#include "actors/message/control.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The commands of the server API, with the method and field names of
/// Centrifugo's HTTP API (v4 and later).
namespace rookery {

/// publish and broadcast.
struct api_publish {
  std::vector<std::string> channels;
  bool is_broadcast = false;
  std::string data;
  payload_kind kind = payload_kind::text;
  std::string tags; ///< JSON, an object of texts; empty: none
  idempotency_key key;
  bool skips_history = false;
};

/// presence and presence_stats.
struct api_presence {
  std::string channel;
  bool is_count = false;
};

struct api_history {
  std::string channel;
  history_range range;
  std::string epoch; ///< what the caller takes it to be; empty: it does not say
};

struct api_history_remove {
  std::string channel;
};

using api_command = std::variant<api_publish, api_presence, api_history,
                                 api_history_remove, control_query>;

/// The error that the caller gets in place of a result.
struct api_error {
  std::uint32_t code = 0;
  std::string message;
};

/// An error with the text of the Centrifuge protocol.
api_error error_with(centrifuge_fault fault);

/// Why a backend cannot use a channel of that name; nothing: it can.
std::optional<api_error> check_api_channel(std::string_view name,
                                           const namespaces& names);

/// Returns true if there is such a method besides batch.
bool is_api_method(std::string_view method) noexcept;

/// Reads what a request for `method`, which there is, asks for.
std::variant<api_command, api_error> read_api_command(std::string_view method,
                                                      std::string_view body,
                                                      const namespaces& names);

/// One command of a batch.
struct batched_command {
  std::string method;
  std::string body;
};

/// Commands in one batch or request, at most.
inline constexpr std::size_t most_batched = 1'000;

/// Channels of one broadcast, at most.
inline constexpr std::size_t most_broadcast = 10'000;

std::variant<std::vector<batched_command>, api_error>
read_api_batch(std::string_view body);

/// Reads commands one a line, each `{"method":…,"params":{…}}`, as older server
/// libraries send them.
std::variant<std::vector<batched_command>, api_error>
read_api_lines(std::string_view body);

} // namespace rookery
