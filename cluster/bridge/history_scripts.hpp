#pragma once

#include "actors/message/envelope.hpp"
#include "actors/message/history.hpp"
#include "cluster/bridge/redis_keys.hpp"
#include "cluster/redis/redis_reply.hpp"
#include "cluster/redis/redis_script.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The history of a channel in Redis: commands that run our scripts, and what
/// is read from their replies. Each script is one atomic step. A position is
/// made where there is none; one whose stream contradicts it, or that cannot be
/// read, is replaced by a new epoch at offset 0 with an empty stream. A script
/// that answers with an error has written nothing, as long as its user may run
/// all its commands.
namespace rookery {

/// Bytes of the fields of a publication that is to be kept, at most: offset and
/// epoch stand before them.
inline constexpr std::size_t longest_kept_fields = longest_fields - 2 * 11;

/// Bytes of the messages of one page, at most: well below what a connection
/// takes as one reply.
inline constexpr std::size_t longest_page_bytes = 8 * 1024 * 1024;

/// All of them: to be loaded before the commands below are sent.
std::array<const redis_script*, 4> history_scripts();

/// Publishes, and appends to the history if there is one.
struct history_publish {
  std::string_view channel;
  payload_kind kind = payload_kind::text;
  /// Without history: the whole message, published as it is.
  std::string_view data;
  /// A field list of `longest_kept_fields` bytes at most, with an `id`. They
  /// follow offset and epoch. Without history: not used.
  std::string_view fields;
  history_options history;
  /// Idempotency key, empty for none: the result of the first publish with it
  /// is remembered for `result_ttl`, and further ones do nothing.
  std::string_view idempotency_key;
  std::chrono::milliseconds result_ttl{0};
  /// For the case that an epoch begins: `epoch_size` random characters.
  std::string_view new_epoch;
};

/// The result of a publish.
struct history_published {
  /// Without history: offset 0, no epoch.
  stream_position position;
  /// An earlier publish with that idempotency key came to this.
  bool was_repeated = false;
};

void append_command(std::string& out, const redis_keys& keys,
                    const history_publish& what);
std::optional<history_published> read_published(const redis_reply& reply);

/// Reads the position and publications of one moment.
struct history_read {
  std::string_view channel;
  history_range range;
  std::string_view new_epoch;
  /// A page ends before it has more bytes of messages, but has at least one
  /// publication if there is any: read on from its last one.
  std::size_t most_bytes = longest_page_bytes;
};

void append_command(std::string& out, const redis_keys& keys,
                    const history_read& what);

/// Leaves out what is no valid publication: a backend has put it there.
std::optional<history_page> read_page(const redis_reply& reply,
                                      std::string_view channel);

/// Asks whether a publication that was seen is still part of the history, and
/// answers with the top. The epoch is another one than that of `seen` if it was
/// not; if the history has moved back (a top below `seen`, or another
/// publication there) a new epoch begins. A publication that was trimmed is
/// taken for part of it.
struct history_verify {
  std::string_view channel;
  stream_position seen;
  /// The `id` of the publication; empty if unknown.
  std::string_view id;
  std::string_view new_epoch;
};

void append_command(std::string& out, const redis_keys& keys,
                    const history_verify& what);
std::optional<stream_position> read_top(const redis_reply& reply);

/// Forgets the publications, keeps the position.
struct history_remove {
  std::string_view channel;
};

void append_command(std::string& out, const redis_keys& keys,
                    const history_remove& what);

/// Returns true if anything was forgotten.
std::optional<bool> read_removed(const redis_reply& reply);

} // namespace rookery
