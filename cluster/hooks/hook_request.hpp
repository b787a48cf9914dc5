#pragma once

#include "actors/backend_hooks.hpp"

#include <string>

/// Writes questions to backends as JSON, with the field names of Centrifugo's
/// HTTP proxy.
namespace rookery {

std::string to_json(const connect_question& question);
std::string to_json(const refresh_question& question);
std::string to_json(const subscribe_question& question);
std::string to_json(const publish_question& question);
std::string to_json(const rpc_question& question);

} // namespace rookery
