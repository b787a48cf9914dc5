#pragma once

#include "actors/message/control.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>

/// What is put to all nodes, and what they answer, as JSON between nodes.
namespace rookery {

nlohmann::json to_json(const control_body& body);
nlohmann::json to_json(const control_result& result);

/// Nothing for what this version does not know. Throws `nlohmann::json`'s
/// exceptions for what lacks a part.
std::optional<control_body> read_control_body(const nlohmann::json& from);
std::optional<control_result> read_control_result(const nlohmann::json& from);

} // namespace rookery
