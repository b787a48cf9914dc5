#pragma once

#include "cluster/bridge/lease_scripts.hpp"
#include "cluster/webhooks/webhook_batch.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// The events for the backend, stored in Redis. The channels and clients of a
/// node are its entries, see lease_scripts.hpp. An event is recorded in the
/// same step as the change of its entry: `occupied` with the first node of a
/// channel, `vacated` with its last, `disconnect` with the end of a client. One
/// node at a time delivers the events, oldest first.
namespace rookery {

/// Maximum events kept for the backend. If there are more, the oldest are
/// dropped.
inline constexpr std::size_t max_kept_webhooks = 100'000;

/// Returns all scripts of this file. Load them before sending the commands
/// below.
std::array<const redis_script*, 7> webhook_scripts();

/// Returns the kind of these entries. `bound` is the maximum number of events
/// kept.
lease_kind make_webhook_kind(const redis_keys& keys,
                             std::size_t bound = max_kept_webhooks);

/// Return the name of an entry. Its text is JSON: a channel's name, or the
/// members of the object that the backend gets when the client is gone.
std::string channel_entry(std::string_view channel);
std::string client_entry(std::string_view client);

/// A command that reads the oldest events for the node that delivers. That is
/// the first node to ask, until it releases its turn or its lease ends.
struct webhook_fetch {
  const lease_kind& kind;
  std::string_view node;
  /// At most `max_batch_webhooks`.
  std::size_t limit = max_batch_webhooks;
  std::size_t max_bytes = max_batch_bytes;
};

struct webhook_fetched {
  /// False if another node delivers, or this one has no lease.
  bool is_ours = false;
  webhook_batch batch;
};

void append_command(std::string& out, const redis_keys& keys,
                    const webhook_fetch& what);
std::optional<webhook_fetched> read_webhooks_fetched(const redis_reply& reply);

/// A command that deletes events that the backend has acknowledged, if this
/// node still delivers.
struct webhook_settle {
  const lease_kind& kind;
  std::string_view node;
  const webhook_batch& batch;
};

void append_command(std::string& out, const redis_keys& keys,
                    const webhook_settle& what);

/// A command that lets another node deliver.
struct webhook_release {
  const lease_kind& kind;
  std::string_view node;
};

void append_command(std::string& out, const redis_keys& keys,
                    const webhook_release& what);

/// Reads the reply of a settle or release. Returns true if this node was the
/// one that delivers.
std::optional<bool> read_webhooks_done(const redis_reply& reply);

} // namespace rookery
