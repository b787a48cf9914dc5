#pragma once

#include "actors/text/json_depth.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

namespace rookery {

/// Reads `text` into a tree of nlohmann's type `Json`. Returns a discarded
/// value if it is malformed or nested deeper than `max_json_depth`.
template <class Json>
Json parse_json(std::string_view text) {
  if (is_nested_deeper(text))
    return Json(Json::value_t::discarded);
  return Json::parse(text, nullptr, false);
}

} // namespace rookery
