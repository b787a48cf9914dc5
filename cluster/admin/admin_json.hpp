#pragma once

#include "actors/interfaces.hpp"

#include <nlohmann/json.hpp>
#include <string>

/// The answers to operators, as JSON.
namespace rookery {

/// JSON that keeps the order in which members are written.
using admin_json = nlohmann::ordered_json;

admin_json to_json(const snapshot& actor);
admin_json to_json(const listing& page);
admin_json to_json(const ledger_page& page);
admin_json to_json(const bus_ledger_page& page);
admin_json to_json(const journal_page& page);
admin_json to_json(const drift_report& report);
admin_json to_json(const clients_ended& result);

/// Returns null if no drain is under way.
admin_json to_json(const drain_report& report);

admin_json to_json(const node_facts& facts);

/// Reads the figures of a channel from the row of its snapshot. Throws
/// `nlohmann::json`'s exceptions if one is missing.
channel_figures read_channel_figures(const admin_json& row);

/// Returns `value` as text. Bytes that are not UTF-8 are replaced.
std::string text_of(const admin_json& value);

} // namespace rookery
