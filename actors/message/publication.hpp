#pragma once

#include "actors/message/payload.hpp"
#include "actors/message/publication_fields.hpp"

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <atomic>
#include <cstdint>
#include <string_view>

namespace rookery {

class publication;

/// Shared ownership of an immutable publication, from any thread.
using publication_ptr = boost::intrusive_ptr<const publication>;

/// One message on a channel, as it travels between actors: immutable, with an
/// atomic reference count, name, fields and data in one allocation.
class publication {
public:
  /// Copies `channel` (at most 255 bytes), `data` (below 4 GiB) and `fields`
  /// (at most 65,535 bytes).
  static publication_ptr make(std::string_view channel, std::string_view data,
                              payload_kind kind,
                              publication_fields fields = {});

  std::string_view channel() const noexcept { return {text(), channel_size_}; }

  publication_fields fields() const noexcept {
    return publication_fields{{text() + channel_size_, fields_size_}};
  }

  std::string_view data() const noexcept {
    return {text() + channel_size_ + fields_size_, data_size_};
  }

  /// Returns 0 if the publication is in no history.
  std::uint64_t offset() const noexcept { return fields().offset(); }

  payload_kind kind() const noexcept { return kind_; }

  /// Returns the bytes by which this publication counts against a limit.
  std::size_t cost() const noexcept {
    return sizeof(publication) + channel_size_ + fields_size_ + data_size_;
  }

  friend void intrusive_ptr_add_ref(const publication* self) noexcept {
    self->references_.fetch_add(1, std::memory_order_relaxed);
  }

  friend void intrusive_ptr_release(const publication* self) noexcept;

private:
  publication(std::string_view channel, std::string_view data,
              payload_kind kind, std::string_view fields) noexcept;
  ~publication() = default;

  const char* text() const noexcept {
    return reinterpret_cast<const char*>(this + 1);
  }

  mutable std::atomic<std::uint32_t> references_{0};
  std::uint32_t data_size_;
  std::uint16_t fields_size_;
  std::uint8_t channel_size_;
  payload_kind kind_;
};

} // namespace rookery
