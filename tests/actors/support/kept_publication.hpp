#pragma once

#include "actors/message/publication.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::test {

/// Makes a publication as a channel with a history has it: at that offset of
/// the epoch "e". Its text is the offset.
inline publication_ptr kept_publication(std::string_view channel,
                                        std::uint64_t offset) {
  std::string fields;
  append_offset(fields, offset);
  append_field(fields, field_tag::epoch, "e");
  return publication::make(channel, std::to_string(offset), payload_kind::text,
                           publication_fields{fields});
}

} // namespace rookery::test
