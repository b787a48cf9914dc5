#pragma once

#include <string_view>

/// The contents of lua/*.lua, from which the scripts are assembled.
namespace rookery {

extern const std::string_view check_commands_lua;

extern const std::string_view history_lua;
extern const std::string_view history_publish_lua;
extern const std::string_view history_read_lua;
extern const std::string_view history_verify_lua;
extern const std::string_view history_remove_lua;
extern const std::string_view history_renew_lua;

extern const std::string_view lease_lua;
extern const std::string_view lease_renew_lua;
extern const std::string_view lease_add_lua;
extern const std::string_view lease_remove_lua;
extern const std::string_view lease_sweep_lua;

extern const std::string_view presence_entries_lua;
extern const std::string_view presence_list_lua;
extern const std::string_view presence_count_lua;

extern const std::string_view webhook_entries_lua;
extern const std::string_view webhook_fetch_lua;
extern const std::string_view webhook_settle_lua;
extern const std::string_view webhook_release_lua;

} // namespace rookery
