#include "configs/check_channels.hpp"

#include "configs/settings_table.hpp"

namespace rookery {

namespace {

using problems = std::vector<std::string>;

constexpr std::size_t max_namespaces = 1024;

// Checks the options of one namespace.
struct channel_check {
  problems& result;
  std::string group;
  const settings::channel_settings& given;
  std::chrono::milliseconds meta_ttl;

  std::string key(std::string_view option) const {
    return group + '.' + std::string{option};
  }

  void fail(std::string_view option, const std::string& text) const {
    result.push_back(key(option) + ": " + text);
  }

  void check() const {
    const auto has_size = given.history_size > 0;
    const auto has_ttl = given.history_ttl.count() > 0;
    if (has_size && !has_ttl)
      fail("history-size", "needs " + key("history-ttl") + " above 0s");
    if (has_ttl && !has_size)
      fail("history-ttl", "needs " + key("history-size") + " above 0");
    if (given.history_ttl > meta_ttl)
      fail("history-ttl", "expected at most node.history-meta-ttl");
    if (given.force_recovery && !has_size && !has_ttl)
      fail("force-recovery", "needs a history: set " + key("history-size")
                               + " and " + key("history-ttl"));
    if (given.force_join_leave && !given.join_leave)
      fail("force-join-leave", "needs " + key("join-leave") + " = true");
  }
};

} // namespace

problems check_channels(const settings& given) {
  problems result;
  const auto meta_ttl = given.node.history_meta_ttl;
  channel_check{result, "channel", given.channel, meta_ttl}.check();
  for (const auto& [name, options] : given.namespaces)
    channel_check{result, std::string{namespace_group} + '.' + name, options,
                  meta_ttl}
      .check();
  if (const auto count = given.namespaces.size(); count > max_namespaces)
    result.push_back(std::string{namespace_group} + ": expected at most "
                     + std::to_string(max_namespaces) + " namespaces, found "
                     + std::to_string(count));
  return result;
}

} // namespace rookery
