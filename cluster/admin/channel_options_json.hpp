#pragma once

#include "actors/channel/namespaces.hpp"
#include "cluster/admin/admin_json.hpp"

namespace rookery {

/// Makes an object with every channel option of the settings table, e.g.
/// `history-ttl` as `history_ttl_seconds`.
admin_json to_json(const channel_options& options);

} // namespace rookery
