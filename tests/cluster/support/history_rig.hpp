#pragma once

#include "cluster/bridge/history_scripts.hpp"
#include "tests/cluster/support/redis_client.hpp"
#include "tests/cluster/support/redis_server.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rookery::test {

/// An empty Redis with the history scripts, and short forms of their commands.
/// All rigs share one server, one after the other. Channel `room`, prefix `t:`.
struct history_rig {
  history_rig() {
    redis.run({"FLUSHALL"});
    for (const auto* script : history_scripts())
      redis.run({"SCRIPT", "LOAD", script->text()});
  }

  static redis_server& server() {
    static redis_server result;
    return result;
  }

  static std::string fields_of(std::string_view id) {
    std::string result;
    append_field(result, field_tag::id, id);
    return result;
  }

  /// A publish of `data` with that id into a history of 10 that lasts a minute.
  static history_publish request(std::string_view data,
                                 std::string_view fields) {
    history_publish result;
    result.channel = "room";
    result.data = data;
    result.fields = fields;
    result.history = {10, std::chrono::minutes{1}};
    result.result_ttl = std::chrono::minutes{1};
    result.common = {"epochAAA", run_id()};
    return result;
  }

  /// Calls a script on `client`.
  template <class Command>
  const redis_reply& call(redis_client& client, const Command& what) {
    std::string bytes;
    append_command(bytes, keys, what);
    return client.call(bytes);
  }

  history_published publish(const history_publish& what) {
    return read_published(call(redis, what)).value();
  }

  history_published publish(std::string_view data, std::string_view id) {
    const auto fields = fields_of(id);
    return publish(request(data, fields));
  }

  /// Publishes `count` messages; their data and ids are their offsets.
  void publish_many(int count) {
    for (auto i = 1; i <= count; ++i)
      publish(std::to_string(i), std::to_string(i));
  }

  history_page read(history_range range) {
    return read_page(
             call(redis, history_read{"room", range, {"epochBBB", run_id()}}),
             "room")
      .value();
  }

  /// Returns "<offset>:<epoch>" and the data of all stored publications.
  std::string all() { return text(read({.limit = longest_page})); }

  static std::string text(const stream_position& position) {
    return std::to_string(position.offset) + ":" + position.epoch;
  }

  static std::string text(const history_page& page) {
    auto result = text(page.top);
    for (const auto& one : page.publications)
      result.append(" ").append(one->data());
    return result;
  }

  std::string verify(stream_position seen, std::string_view id) {
    return text(
      read_top(
        call(redis, history_verify{"room", seen, id, {"epochCCC", run_id()}}))
        .value());
  }

  bool remove() {
    return read_removed(call(redis, history_remove{"room", {}})).value();
  }

  /// The present run of the server, as a link reads it.
  static std::string run_id() {
    static const auto result = [] {
      const auto text = run({"INFO", "replication"});
      const std::string name = "master_replid:";
      return text.substr(text.find(name) + name.size(), 15);
    }();
    return result;
  }

  /// Returns true if the position was an empty history's.
  bool renew() {
    return read_is_empty(call(redis, history_renew{"room"})).value();
  }

  /// Runs one command; arrays come as their elements with blanks between.
  static std::string run(const std::vector<std::string>& words) {
    return server().command(words);
  }

  redis_keys keys{"t:"};
  redis_client redis{server().port()};
  const std::string position = keys.position("room");
  const std::string log = keys.log("room");
};

/// A subscriber of `room`.
class room_subscriber {
public:
  explicit room_subscriber(std::string_view name = "t:room")
    : client_{history_rig::server().port()} {
    client_.run({"SUBSCRIBE", name});
  }

  /// The next message, unchanged.
  std::string next() {
    const auto& reply = client_.next();
    return std::string{reply.text(3)};
  }

private:
  redis_client client_;
};

} // namespace rookery::test
