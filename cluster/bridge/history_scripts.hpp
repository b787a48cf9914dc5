#pragma once

#include "actors/message/envelope.hpp"
#include "actors/message/history.hpp"
#include "cluster/bridge/redis_keys.hpp"
#include "cluster/redis/redis_error.hpp"
#include "cluster/redis/redis_reply.hpp"
#include "cluster/redis/redis_script.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The history of a channel in Redis: commands that run the scripts, and
/// functions that read their replies. Each script is one atomic step. A missing
/// position is created. A position that contradicts its stream, or that cannot
/// be read, is replaced by a new epoch at offset 0 with an empty stream. A
/// script that returns an error has written nothing, provided its Redis user
/// may run all its commands.
///
/// Each epoch remembers the run of Redis in which it began. A publish in
/// another run begins a new epoch, in which offsets and stream go on: the run
/// may have begun with less than was published before it. The `run` of the
/// commands is `publish_port::run`.
namespace rookery {

/// Maximum bytes of the fields of a publication that is kept in a history.
/// Offset and epoch are put before them.
inline constexpr std::size_t longest_kept_fields = longest_fields - 2 * 11;

/// Returns all scripts of this file. Load them before sending the commands
/// below.
std::array<const redis_script*, 5> history_scripts();

/// The part that all commands on a history have.
struct history_terms {
  /// `epoch_size` random characters, used if a new epoch begins.
  std::string new_epoch;
  /// See `publish_port::run`.
  std::string run;
  /// Time that the position is kept after this.
  std::chrono::milliseconds position_ttl = rookery::position_ttl;
};

/// A command that publishes, and appends to the history if there is one.
struct history_publish {
  std::string_view channel;
  payload_kind kind = payload_kind::text;
  /// The payload. Without history it is the whole message, published unchanged.
  std::string_view data;
  /// A field list with an `id`, of at most `longest_kept_fields` bytes. It is
  /// put after offset and epoch. Not used without history.
  std::string_view fields;
  history_options history;
  /// The idempotency key; empty for none. The result of the first publish with
  /// it is stored for `result_ttl`; further ones return that result and publish
  /// nothing.
  std::string_view idempotency_key;
  std::chrono::milliseconds result_ttl{0};
  history_terms common;
};

/// The result of a publish.
struct history_published {
  /// Without history the offset is 0 and the epoch is empty.
  stream_position position;
  /// True if this is the result of an earlier publish with the idempotency key.
  bool was_repeated = false;
  /// Set if Redis has stored the publication but could not publish it, or not
  /// store the result for its idempotency key.
  std::optional<redis_error> error = {};
};

void append_command(std::string& out, const redis_keys& keys,
                    const history_publish& what);
std::optional<history_published> read_published(const redis_reply& reply);

/// A command that reads the position and the publications of one moment.
struct history_read {
  std::string_view channel;
  history_range range;
  history_terms common;
};

void append_command(std::string& out, const redis_keys& keys,
                    const history_read& what);

/// Reads a page. Skips messages that are not valid publications: rookery did
/// not write them.
std::optional<history_page> read_page(const redis_reply& reply,
                                      std::string_view channel);

/// A command that checks whether a known publication is still part of the
/// history, and returns the top. If it is not, the top has another epoch than
/// `seen`. If the history has moved back (the top of that epoch is below
/// `seen`, or it has another publication at that offset), a new epoch begins. A
/// trimmed publication counts as part of the history.
struct history_verify {
  std::string_view channel;
  stream_position seen;
  /// The `id` of the publication; empty if unknown.
  std::string_view id;
  history_terms common;
};

void append_command(std::string& out, const redis_keys& keys,
                    const history_verify& what);
std::optional<stream_position> read_top(const redis_reply& reply);

/// A command that deletes the publications and keeps the position.
struct history_remove {
  std::string_view channel;
  history_terms common;
};

void append_command(std::string& out, const redis_keys& keys,
                    const history_remove& what);

/// Returns true if anything was deleted.
std::optional<bool> read_removed(const redis_reply& reply);

/// A command that extends the life of a position to which nothing was published
/// (`empty_position_ttl`).
struct history_renew {
  std::string_view channel;
};

void append_command(std::string& out, const redis_keys& keys,
                    const history_renew& what);

/// Returns false if there is no such position, or something was published.
std::optional<bool> read_is_empty(const redis_reply& reply);

} // namespace rookery
