#include "actors/message/publication.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <new>

namespace rookery {

publication_ptr publication::make(std::string_view channel,
                                  std::string_view data, payload_kind kind,
                                  publication_fields fields) {
  const auto size =
    sizeof(publication) + channel.size() + fields.bytes().size() + data.size();
  return publication_ptr{new (::operator new(size))
                           publication{channel, data, kind, fields.bytes()}};
}

publication::publication(std::string_view channel, std::string_view data,
                         payload_kind kind, std::string_view fields) noexcept
  : data_size_{static_cast<std::uint32_t>(data.size())},
    fields_size_{static_cast<std::uint16_t>(fields.size())},
    channel_size_{static_cast<std::uint8_t>(channel.size())},
    kind_{kind} {
  assert(channel.size() <= std::numeric_limits<std::uint8_t>::max());
  assert(fields.size() <= std::numeric_limits<std::uint16_t>::max());
  assert(data.size() <= std::numeric_limits<std::uint32_t>::max());
  auto* out = reinterpret_cast<char*>(this + 1);
  for (const auto part : {channel, fields, data}) {
    std::copy(part.begin(), part.end(), out);
    out += part.size();
  }
}

void intrusive_ptr_release(const publication* self) noexcept {
  if (self->references_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    self->~publication();
    ::operator delete(const_cast<publication*>(self));
  }
}

} // namespace rookery
