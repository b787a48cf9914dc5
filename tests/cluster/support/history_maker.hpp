#pragma once

#include "actors/message/history.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rookery::test {

/// A publication as a client's publish makes it: with an id, without an offset.
inline publication_ptr draft(std::string_view channel, std::string_view data,
                             std::string_view id = "0123456789abcdef") {
  std::string fields;
  append_field(fields, field_tag::id, id);
  return publication::make(channel, data, payload_kind::text,
                           publication_fields{fields});
}

/// The data of a page, in its order.
inline std::vector<std::string> data_of(const history_page& page) {
  std::vector<std::string> result;
  for (const auto& each : page.publications)
    result.emplace_back(each->data());
  return result;
}

} // namespace rookery::test
