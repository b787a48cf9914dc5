#pragma once

#include "actors/message/control.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>

/// The queries between nodes and their answers, as JSON.
namespace rookery {

nlohmann::json to_json(const control_query& query);
nlohmann::json to_json(const control_result& result);

/// Returns nullopt if this version does not know the kind. Throws
/// `nlohmann::json`'s exceptions if a part is missing.
std::optional<control_query> read_control_query(const nlohmann::json& from);
std::optional<control_result> read_control_result(const nlohmann::json& from);

} // namespace rookery
