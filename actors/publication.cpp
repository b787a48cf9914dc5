#include "actors/publication.hpp"

#include <cassert>
#include <cstring>
#include <limits>
#include <new>

namespace rookery {

publication_ptr publication::make(std::string_view channel,
                                  std::string_view data, payload_kind kind) {
  const auto size = sizeof(publication) + channel.size() + data.size();
  return publication_ptr{new (::operator new(size))
                           publication{channel, data, kind}};
}

publication::publication(std::string_view channel, std::string_view data,
                         payload_kind kind) noexcept
  : data_size_{static_cast<std::uint32_t>(data.size())},
    channel_size_{static_cast<std::uint16_t>(channel.size())},
    kind_{kind} {
  assert(channel.size() <= std::numeric_limits<std::uint16_t>::max());
  assert(data.size() <= std::numeric_limits<std::uint32_t>::max());
  auto* out = reinterpret_cast<char*>(this + 1);
  if (!channel.empty())
    std::memcpy(out, channel.data(), channel.size());
  if (!data.empty())
    std::memcpy(out + channel.size(), data.data(), data.size());
}

void intrusive_ptr_release(const publication* self) noexcept {
  if (self->references_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    self->~publication();
    ::operator delete(const_cast<publication*>(self));
  }
}

} // namespace rookery
