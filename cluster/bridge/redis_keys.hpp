#pragma once

#include "actors/text/channel_name.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace rookery {

/// The names of what we keep in Redis. The prefix alone separates clusters that
/// share one; it may be empty. Redis Cluster is not spoken: no hash tags.
class redis_keys {
public:
  explicit redis_keys(std::string prefix)
    : prefix_{std::move(prefix)},
      control_{"__rookery:" + prefix_ + ":control"} {}

  /// The Pub/Sub channel that carries `channel`. That of the nodes themselves
  /// has a name that no cluster without prefix can give to a channel of its
  /// clients.
  std::string pubsub(std::string_view channel) const {
    return channel == control_channel ? control_
                                      : prefix_ + std::string{channel};
  }

  /// The other way around; nothing if it is no name of ours.
  std::optional<std::string_view> channel_of(std::string_view pubsub) const {
    if (pubsub == control_)
      return control_channel;
    if (!pubsub.starts_with(prefix_))
      return std::nullopt;
    return pubsub.substr(prefix_.size());
  }

  /// Hash: offset `o` and epoch `e` of the channel's history.
  std::string position(std::string_view channel) const {
    return key("pos:", channel);
  }

  /// Stream: the publications that are kept.
  std::string log(std::string_view channel) const {
    return key("log:", channel);
  }

  /// String: what the publish with that idempotency key came to. The length
  /// tells `a` with the key `b:c` from `a:b` with the key `c`.
  std::string once(std::string_view channel,
                   std::string_view idempotency_key) const {
    auto result = key("once:", std::to_string(channel.size()));
    return result.append(":").append(channel).append(":").append(
      idempotency_key);
  }

  /// Sorted set: nodes, by the end of their lease in Redis time.
  std::string leases() const { return key("presence-leases", {}); }

  /// Set: the presence entries of a node, each `<channel>\n<client>`.
  std::string node_entries(std::string_view node) const {
    return key("presence-node:", node);
  }

  /// Hash: the presence entries of a channel, by client.
  std::string entries(std::string_view channel) const {
    return key("presence:", channel);
  }

  /// Hash: how many entries of the channel a user has.
  std::string users(std::string_view channel) const {
    return key("presence-users:", channel);
  }

  /// Sorted set: like `leases`, of the nodes that record events.
  std::string webhook_leases() const { return key("events-leases", {}); }

  /// Hash: the channels and clients of a node, with what the backend is told
  /// when they are gone.
  std::string webhook_node(std::string_view node) const {
    return key("events-node:", node);
  }

  /// Set: the nodes on which the channel has subscribers.
  std::string webhook_channel(std::string_view channel) const {
    return key("events-channel:", channel);
  }

  /// Stream: events that the backend has not acknowledged yet.
  std::string webhook_events() const { return key("events", {}); }

  /// Hash: how many events were lost, and how many of those the backend was
  /// told: `all` and `told`.
  std::string webhook_losses() const { return key("events-lost", {}); }

  /// String: the node that delivers.
  std::string webhook_delivery() const { return key("events-webhooks", {}); }

private:
  std::string key(std::string_view kind, std::string_view name) const {
    std::string result{"rookery:"};
    return result.append(prefix_).append(":").append(kind).append(name);
  }

  std::string prefix_;
  std::string control_;
};

} // namespace rookery
