#pragma once

#include "actors/text/channel_name.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace rookery {

/// The names of rookery's keys and channels in Redis. Only the prefix separates
/// clusters that share one Redis; it may be empty. Redis Cluster is not
/// supported: names have no hash tags.
class redis_keys {
public:
  explicit redis_keys(std::string prefix)
    : prefix_{std::move(prefix)},
      control_{"__rookery:" + prefix_ + ":control"} {}

  /// Returns the Pub/Sub channel that carries `channel`. The name of the nodes'
  /// control channel cannot collide with a client's channel, even in a cluster
  /// without prefix.
  std::string pubsub(std::string_view channel) const {
    return channel == control_channel ? control_
                                      : prefix_ + std::string{channel};
  }

  /// Returns the channel that `pubsub` carries; nullopt if it is not of this
  /// cluster.
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

  /// Stream: the kept publications.
  std::string log(std::string_view channel) const {
    return key("log:", channel);
  }

  /// String: the result of the publish with that idempotency key. The length
  /// distinguishes `a` with the key `b:c` from `a:b` with the key `c`.
  std::string once(std::string_view channel,
                   std::string_view idempotency_key) const {
    auto result = key("once:", std::to_string(channel.size()));
    return result.append(":").append(channel).append(":").append(
      idempotency_key);
  }

  /// Sorted set: nodes, scored with the end of their lease in Redis time.
  std::string leases() const { return key("presence-leases", {}); }

  /// Set: the presence entries of a node, each `<channel>\n<client>`.
  std::string node_entries(std::string_view node) const {
    return key("presence-node:", node);
  }

  /// Hash: the presence entries of a channel, by client.
  std::string entries(std::string_view channel) const {
    return key("presence:", channel);
  }

  /// Hash: the number of the channel's entries per user.
  std::string users(std::string_view channel) const {
    return key("presence-users:", channel);
  }

  /// Sorted set: like `leases`, for the nodes that record events.
  std::string webhook_leases() const { return key("events-leases", {}); }

  /// Hash: the channels and clients of a node, each with the text that the
  /// backend gets when it has ended.
  std::string webhook_node(std::string_view node) const {
    return key("events-node:", node);
  }

  /// Set: the nodes on which the channel has subscribers.
  std::string webhook_channel(std::string_view channel) const {
    return key("events-channel:", channel);
  }

  /// Stream: events that the backend has not acknowledged yet.
  std::string webhook_events() const { return key("events", {}); }

  /// Hash: the number of lost events (`all`), and the number of those reported
  /// to the backend (`told`).
  std::string webhook_losses() const { return key("events-lost", {}); }

  /// String: the node that delivers events.
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
