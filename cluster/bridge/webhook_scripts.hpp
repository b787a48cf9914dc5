#pragma once

#include "cluster/bridge/lease_scripts.hpp"
#include "cluster/webhooks/webhook_batch.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// The events for the backend in Redis. The channels and clients of a node are
/// its entries, see lease_scripts.hpp. Whatever begins or ends with an entry is
/// recorded as an event in the same step: `occupied` with the first node of a
/// channel, `vacated` with its last, `disconnect` with a client. One node at a
/// time takes the events out, oldest first.
namespace rookery {

/// Events that are kept for the backend. More drop the oldest.
inline constexpr std::size_t max_kept_webhooks = 100'000;

/// All of them: to be loaded before the commands below are sent.
std::array<const redis_script*, 7> webhook_scripts();

/// `bound`: as `max_kept_webhooks`.
lease_kind make_webhook_kind(const redis_keys& keys,
                             std::size_t bound = max_kept_webhooks);

/// The name of an entry. Its text is JSON: a channel's name, or the members of
/// the object that the backend gets when the client is gone.
std::string channel_entry(std::string_view channel);
std::string client_entry(std::string_view client);

/// Reads the oldest events for the node that delivers: the first one to ask,
/// until it lets go or its lease ends.
struct webhook_fetch {
  const lease_kind& kind;
  std::string_view node;
  /// `max_batch_webhooks` at most.
  std::size_t limit = max_batch_webhooks;
  std::size_t max_bytes = max_batch_bytes;
};

struct webhook_fetched {
  /// False: another node delivers, or this one has no lease.
  bool is_ours = false;
  webhook_batch batch;
};

void append_command(std::string& out, const redis_keys& keys,
                    const webhook_fetch& what);
std::optional<webhook_fetched> read_webhooks_fetched(const redis_reply& reply);

/// Drops events that the backend has acknowledged, if this node still delivers.
struct webhook_settle {
  const lease_kind& kind;
  std::string_view node;
  const webhook_batch& batch;
};

void append_command(std::string& out, const redis_keys& keys,
                    const webhook_settle& what);

/// Lets another node deliver.
struct webhook_release {
  const lease_kind& kind;
  std::string_view node;
};

void append_command(std::string& out, const redis_keys& keys,
                    const webhook_release& what);

/// Returns true if this node was the one that delivers: of a settle or release.
std::optional<bool> read_webhooks_done(const redis_reply& reply);

} // namespace rookery
