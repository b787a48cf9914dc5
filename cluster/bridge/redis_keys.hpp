#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace rookery {

/// The names of rookery's keys and channels in Redis. All of them begin with
/// the prefix of the cluster, a name and a colon, so that clusters on one Redis
/// cannot reach each other's names, and a user's rights can be limited to them.
/// The prefix may be empty.
///
/// All keys of a channel have the same hash tag, so that a Redis Cluster could
/// store them together: the channel's name in braces.
class redis_keys {
public:
  /// A colon is added to `prefix` if it is missing.
  explicit redis_keys(std::string prefix) : prefix_{std::move(prefix)} {
    if (!prefix_.empty() && !prefix_.ends_with(':'))
      prefix_ += ':';
  }

  /// Returns the Pub/Sub channel that carries `channel`. Names of rookery
  /// itself begin with two underscores, which no client may use.
  std::string pubsub(std::string_view channel) const {
    return prefix_ + std::string{channel};
  }

  /// Returns the channel that `pubsub` carries; nullopt if it is not of this
  /// cluster.
  std::optional<std::string_view> channel_of(std::string_view pubsub) const {
    if (!pubsub.starts_with(prefix_))
      return std::nullopt;
    return pubsub.substr(prefix_.size());
  }

  /// Returns the key with that beginning that belongs to a channel. Redis
  /// ignores an empty tag, so a name that begins with a closing brace is tagged
  /// with a colon, and another one before the tag keeps the keys apart.
  static std::string of_channel(std::string key, std::string_view channel) {
    key += channel.starts_with('}') ? ":{:" : "{";
    return key.append(channel).append("}");
  }

  /// Hash: offset `o` and epoch `e` of the channel's history.
  std::string position(std::string_view channel) const {
    return of_channel(key("pos:"), channel);
  }

  /// Stream: the kept publications.
  std::string log(std::string_view channel) const {
    return of_channel(key("log:"), channel);
  }

  /// String: the result of the publish with that idempotency key. The length
  /// distinguishes `a` with the key `}:b` from `a}:` with the key `b`.
  std::string once(std::string_view channel,
                   std::string_view idempotency_key) const {
    auto result = key("once:").append(std::to_string(channel.size()));
    return of_channel(result.append(":"), channel)
      .append(":")
      .append(idempotency_key);
  }

  /// Sorted set: nodes, scored with the end of their lease in Redis time.
  std::string leases() const { return key("presence-leases"); }

  /// Set: the presence entries of a node, each `<channel>\n<client>`.
  std::string node_entries(std::string_view node) const {
    return key("presence-node:").append(node);
  }

  /// Hash: the presence entries of a channel, by client. Without a channel,
  /// the beginning of these keys, see `of_channel`.
  std::string entries() const { return key("presence:"); }

  std::string entries(std::string_view channel) const {
    return of_channel(entries(), channel);
  }

  /// Hash: the number of the channel's entries per user.
  std::string users() const { return key("presence-users:"); }

  std::string users(std::string_view channel) const {
    return of_channel(users(), channel);
  }

  /// Sorted set: like `leases`, for the nodes that record events.
  std::string webhook_leases() const { return key("events-leases"); }

  /// Hash: the channels and clients of a node, each with the text that the
  /// backend gets when it has ended.
  std::string webhook_node(std::string_view node) const {
    return key("events-node:").append(node);
  }

  /// Set: the nodes on which the channel has subscribers.
  std::string webhook_channels() const { return key("events-channel:"); }

  std::string webhook_channel(std::string_view channel) const {
    return of_channel(webhook_channels(), channel);
  }

  /// Stream: events that the backend has not acknowledged yet.
  std::string webhook_events() const { return key("events"); }

  /// Hash: the number of lost events (`all`), and the number of those reported
  /// to the backend (`told`).
  std::string webhook_losses() const { return key("events-lost"); }

  /// String: the node that delivers events.
  std::string webhook_delivery() const { return key("events-webhooks"); }

  /// The key with which the node checks its rights; it does not exist.
  std::string check() const { return key("check"); }

private:
  std::string key(std::string_view kind) const {
    return (prefix_ + "rookery:").append(kind);
  }

  std::string prefix_;
};

} // namespace rookery
