#pragma once

#include "actors/centrifuge/centrifuge_codes.hpp"
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

/// The commands publish and broadcast.
struct api_publish {
  std::vector<std::string> channels;
  bool is_broadcast = false;
  std::string data;
  payload_kind kind = payload_kind::text;
  std::string tags; ///< JSON, an object of texts; empty: none
  idempotency_key key;
  bool skips_history = false;
};

/// The commands presence and presence_stats.
struct api_presence {
  std::string channel;
  bool is_count = false;
};

struct api_history {
  std::string channel;
  history_range range;
  stream_position since; ///< of `range`; without an epoch: of any
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

/// Makes an error with the message of the Centrifuge protocol.
api_error error_with(centrifuge_fault fault);

/// Returns an error if backends cannot use a channel of that name.
std::optional<api_error> check_api_channel(std::string_view name,
                                           const namespaces& names);

/// Returns true if there is a method of that name, other than batch.
bool is_api_method(std::string_view method) noexcept;

/// Reads the command of a request for `method`, which must exist.
std::variant<api_command, api_error> read_api_command(std::string_view method,
                                                      std::string_view body,
                                                      const namespaces& names);

/// A command within a batch.
struct batched_command {
  std::string method;
  std::string body;
  /// The error that is its reply; unset: it can be carried out.
  std::optional<api_error> problem = {};
};

/// The maximum number of commands in one batch or request.
inline constexpr std::size_t max_batched = 1'000;

/// The maximum number of channels in one broadcast.
inline constexpr std::size_t max_broadcast = 10'000;

/// Reads `{"commands":[{METHOD:{…}},…]}`. A bad command fails alone.
std::variant<std::vector<batched_command>, api_error>
read_api_batch(std::string_view body);

/// Reads commands, one per line, each `{"method":…,"params":{…}}`, as older
/// server libraries send them. A bad line fails alone.
std::variant<std::vector<batched_command>, api_error>
read_api_lines(std::string_view body);

} // namespace rookery
