#pragma once

#include "actors/interfaces.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

/// What operators are shown, as JSON.
namespace rookery {

/// In the order in which members are written.
using admin_json = nlohmann::ordered_json;

admin_json to_json(const snapshot& actor);
admin_json to_json(const listing& page);
admin_json to_json(const ledger_page& page);
admin_json to_json(const bus_ledger_page& page);
admin_json to_json(const journal_page& page);
admin_json to_json(const drift_report& report);
admin_json to_json(const clients_ended& result);

/// Null while nothing is drained.
admin_json to_json(const drain_report& report);

admin_json to_json(const listing_query& query);

/// Throws `nlohmann::json`'s exceptions for what has parts of other types.
listing_query read_listing_query(const admin_json& from);

std::optional<listing_order> order_named(std::string_view name);

/// Text in which bytes that are not UTF-8 are replaced.
std::string text_of(const admin_json& value);

} // namespace rookery
