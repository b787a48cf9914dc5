#define CAF_SUITE redis_check

#include "cluster/bridge/lua_texts.hpp"
#include "tests/cluster/support/history_rig.hpp"

#include <caf/test/unit_test.hpp>

#include <array>
#include <regex>
#include <set>

using namespace rookery;
using namespace rookery::test;

namespace {

std::set<std::string> matches(std::string_view text, const char* pattern) {
  const std::regex words{pattern};
  const std::string all{text};
  std::set<std::string> result;
  for (std::sregex_iterator each{all.begin(), all.end(), words}, end;
       each != end; ++each)
    result.insert((*each)[1]);
  return result;
}

} // namespace

CAF_TEST(every command of the scripts is checked) {
  const auto checked = matches(check_commands_lua, "\\{'([A-Z]+)'");
  CAF_CHECK(checked.size() > 20);
  for (const auto text :
       {history_lua, history_publish_lua, history_read_lua, history_verify_lua,
        history_remove_lua, history_renew_lua, lease_lua, lease_renew_lua,
        lease_add_lua, lease_remove_lua, lease_sweep_lua, presence_entries_lua,
        presence_list_lua, presence_count_lua, webhook_entries_lua,
        webhook_fetch_lua, webhook_settle_lua, webhook_release_lua})
    for (const auto& command :
         matches(text, "(?:p?call|ask)\\((?:is_hash and )?'([A-Z]+)'"))
      CAF_CHECK_EQUAL(checked.contains(command) ? "" : command, "");
}

CAF_TEST(a check leaves nothing in Redis) {
  history_rig rig;
  CAF_CHECK_EQUAL(rig.run({"EVAL", std::string{check_commands_lua}, "1",
                           rig.keys.check(), "t:__rookery:check"}),
                  "");
  CAF_CHECK_EQUAL(rig.run({"DBSIZE"}), "0");
}
