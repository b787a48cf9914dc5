#pragma once

#include "actors/message/publication.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace rookery::test {

/// A publication with an offset. All of them have the same size in bytes.
inline publication_ptr numbered(std::uint64_t offset) {
  std::string fields;
  append_offset(fields, offset);
  return publication::make("channel", "data", payload_kind::text,
                           publication_fields{fields});
}

inline std::vector<std::uint64_t>
offsets_of(std::span<const publication_ptr> publications) {
  std::vector<std::uint64_t> result;
  for (const auto& each : publications)
    result.push_back(each->offset());
  return result;
}

} // namespace rookery::test
