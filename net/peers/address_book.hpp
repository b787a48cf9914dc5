#pragma once

#include "actors/runtime/token_bucket.hpp"
#include "configs/ip_address.hpp"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace rookery {

/// The limits of one address: an IPv4 address, or the first 64 bits of an IPv6
/// address, which one site gets as a whole. 0: no limit.
struct address_limits {
  std::size_t connections = 0;
  act_rate handshakes;
  act_rate bad_tokens;
};

/// The reason for which an address is refused.
enum class address_refusal : std::uint8_t {
  none,
  connections,
  handshakes,
  bad_tokens,
};

/// Counts what each client address does on a node. Any thread; locked for a
/// look-up when a connection begins or ends, never for a message. An address is
/// forgotten once it has no connection and all its rates have recovered. At
/// most `max_quiet` addresses without a connection are known: then the next
/// ones replace some of them.
class address_book {
public:
  using time_point = token_bucket::time_point;
  /// The place of a counted connection; 0: not counted.
  using place = std::uint32_t;

  static constexpr std::size_t max_quiet = 65'536;

  explicit address_book(const address_limits& limits);

  struct entry_result {
    address_refusal why = address_refusal::none;
    place where = 0;
  };

  /// Counts a new connection of `from` unless it is refused.
  entry_result enter(const ip_address& from, time_point now);

  /// Uncounts a connection.
  void leave(place where) noexcept;

  /// Counts an invalid token. Returns false if there were too many.
  bool note_bad_token(const ip_address& from, time_point now);

  /// The number of known addresses.
  std::size_t size() const;

private:
  struct key {
    std::uint64_t bits = 0;
    bool is_v4 = false;

    friend bool operator==(const key&, const key&) = default;
  };

  struct key_hash {
    std::uint64_t seed;

    std::size_t operator()(const key& of) const noexcept;
  };

  struct record {
    key of;
    bool is_used = false;
    std::uint32_t connections = 0;
    token_bucket handshakes;
    token_bucket bad_tokens;
  };

  static key key_of(const ip_address& from) noexcept;

  place find_or_add(const ip_address& from, time_point now);
  place take_free(time_point now);
  bool is_quiet(const record& which) const noexcept;
  void forget(place which);

  const address_limits limits_;
  mutable std::mutex mutex_;
  std::unordered_map<key, place, key_hash> places_;
  std::vector<record> records_; // place 0 is none's
  std::vector<place> free_;
  std::size_t quiet_ = 0; // records without a connection
  place hand_ = 0;        // where the next search for a quiet one begins
};

} // namespace rookery
