#pragma once

#include "actors/record/node_facts.hpp"

#include <string>
#include <string_view>

namespace rookery {

inline constexpr std::string_view metrics_content_type =
  "text/plain; version=0.0.4; charset=utf-8";

/// Writes the facts of a node in Prometheus' text format. The metrics of Redis
/// are left out on a node without it.
std::string metrics_text(const node_facts& of);

} // namespace rookery
