#pragma once

#include "cluster/bridge/lease_scripts.hpp"
#include "cluster/redis/redis_parser.hpp"
#include "tests/cluster/support/redis_client.hpp"
#include "tests/cluster/support/redis_server.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::test {

/// An empty Redis with the scripts of one kind of entries, and short forms of
/// the commands that all kinds have. All rigs share one server, one after the
/// other. The contract of leases uses entries with short names whose beginning
/// and end are both events; each kind implements the functions about them.
struct lease_rig {
  using strings = std::vector<std::string>;

  /// A command without arguments or result.
  using action = std::function<void()>;

  lease_rig(lease_kind kind, std::span<const redis_script* const> scripts)
    : kind{std::move(kind)}, scripts{scripts.begin(), scripts.end()} {
    clear();
    load();
  }

  lease_rig(const lease_rig&) = delete;
  lease_rig& operator=(const lease_rig&) = delete;

  virtual ~lease_rig() = default;

  static redis_server& server() {
    static redis_server result;
    return result;
  }

  /// Runs one command; arrays come as their elements with blanks between.
  static std::string run(const strings& words) {
    return server().command(words);
  }

  /// Deletes all keys; Redis keeps the scripts.
  static void clear() { run({"FLUSHALL"}); }

  /// Loads the scripts, which only `SCRIPT FLUSH` deletes.
  void load() {
    for (const auto* script : scripts)
      redis.run({"SCRIPT", "LOAD", script->text()});
  }

  /// Runs `test` while Redis refuses all writes that need memory.
  static void while_full(const action& test) {
    run({"CONFIG", "SET", "maxmemory", "1"});
    test();
    run({"CONFIG", "SET", "maxmemory", "0"});
  }

  /// Replaces a key by one of a type that no key of rookery has.
  static void spoil(const std::string& key) {
    run({"DEL", key});
    run({"RPUSH", key, "x"});
  }

  /// Returns the remaining life of a key in milliseconds.
  static long life(const std::string& key) {
    return std::stol(run({"PTTL", key}));
  }

  template <class Command>
  const redis_reply& call(const Command& what) {
    std::string bytes;
    append_command(bytes, keys, what);
    return redis.call(bytes);
  }

  lease_renewed renew(std::string_view node, std::uint64_t cursor = 0) {
    return read_renewed(
             call(lease_renew{kind, node, std::chrono::hours{1}, cursor}))
      .value();
  }

  void end_lease(const std::string& node) {
    run({"ZADD", kind.keys[0], "XX", "1", node});
  }

  /// The result of a sweep: "<node> <made> <left>".
  std::string sweep(std::string_view node, std::size_t limit = lease_batch) {
    const auto result =
      read_swept(call(lease_sweep{kind, node, limit})).value();
    return result.node + " " + std::to_string(result.made) + " "
           + std::to_string(result.left);
  }

  /// Adds entries in one command.
  lease_added begin(std::string_view node, const strings& names) {
    const auto words = words_of(names);
    return read_added(call(lease_add{kind, node, words})).value();
  }

  /// Removes an entry; returns the number of events made.
  std::size_t end(std::string_view node, const std::string& name) {
    const std::vector<lease_end> ends{{entry_name(name), {}, false}};
    return read_entries_removed(call(lease_remove{kind, node, ends, ++step}))
      .value();
  }

  /// Returns the entries that renewals of the node's lease name, each once,
  /// sorted.
  strings renewed_names(std::string_view node) {
    strings result;
    std::uint64_t cursor = 0;
    auto rounds = 0;
    do {
      auto next = renew(node, cursor);
      cursor = next.cursor;
      std::ranges::move(next.names, std::back_inserter(result));
    } while (cursor != 0 && ++rounds < 1000);
    CAF_CHECK_EQUAL(cursor, 0u);
    std::ranges::sort(result);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }

  strings words_of(const strings& names) const {
    strings result;
    for (const auto& name : names)
      std::ranges::move(entry_words(name), std::back_inserter(result));
    return result;
  }

  /// Returns the names in Redis of entries with these short names, sorted.
  strings stored_names(const strings& names) const {
    strings result;
    for (const auto& name : names)
      result.push_back(entry_name(name));
    std::ranges::sort(result);
    return result;
  }

  /// Returns the entry's name in Redis and its other words of a `lease_add`.
  strings entry_words(const std::string& name) const {
    strings result{entry_name(name)};
    std::ranges::move(kind.added(result.front(), entry_text(name)),
                      std::back_inserter(result));
    return result;
  }

  /// Returns the entry's name in Redis, and the text with which a node adds it.
  virtual std::string entry_name(const std::string& name) const = 0;
  virtual std::string entry_text(const std::string& name) const = 0;

  /// Returns the events since the last call, as "begin <name>" and
  /// "end <name>".
  virtual strings told() = 0;

  /// Returns the names of the entries that Redis has, of all nodes, sorted.
  virtual strings kept() = 0;

  /// Returns the key that names the entries of a node.
  virtual std::string node_key(std::string_view node) const = 0;

  /// Returns the keys that rookery writes for an entry of a node, those of the
  /// kind included.
  virtual strings keys_of(std::string_view node,
                          const std::string& name) const = 0;

  /// Returns the commands that only this kind has.
  virtual std::vector<action> own_commands(const std::string& node) = 0;

  redis_keys keys{"t:"};
  lease_kind kind;
  std::vector<const redis_script*> scripts;
  redis_client redis{server().port()};
  std::uint64_t step = 0;
};

inline lease_rig::strings sorted(lease_rig::strings what) {
  std::ranges::sort(what);
  return what;
}

using reply_check = std::function<void(const redis_reply&)>;

inline void with_reply(std::string_view bytes, const reply_check& check) {
  redis_parser parser{{}};
  parser.feed(bytes);
  CAF_REQUIRE(parser.next() == redis_parser::result::reply);
  check(parser.current());
}

/// Calls `check` with replies that no script gives.
inline void with_strange_replies(const reply_check& check) {
  for (const auto* bytes :
       {"-ERR no\r\n", "$-1\r\n", "+OK\r\n", ":-2\r\n", "*1\r\n:1\r\n",
        "*1\r\n:2\r\n", "*2\r\n:1\r\n$1\r\nx\r\n", "*2\r\n:-1\r\n:1\r\n",
        "*2\r\n*0\r\n*0\r\n", "*3\r\n:1\r\n:1\r\n$1\r\nx\r\n",
        "*3\r\n$1\r\nn\r\n:1\r\n$1\r\n1\r\n", "*3\r\n$1\r\nn\r\n:-1\r\n:1\r\n",
        "*3\r\n$1\r\na\r\n$1\r\nb\r\n:1\r\n",
        "*4\r\n:1\r\n:1\r\n:1\r\n$1\r\n1\r\n"})
    with_reply(bytes, check);
}

} // namespace rookery::test
