#pragma once

#include "configs/ip_address.hpp"
#include "net/http_message.hpp"
#include "net/peers/address_book.hpp"

#include <string>
#include <utility>

namespace rookery {

/// A connection counted in an address book, until it is released or ends.
class counted_place {
public:
  counted_place() = default;

  counted_place(address_book& book, address_book::place where) noexcept
    : book_{&book}, where_{where} {}

  counted_place(counted_place&& other) noexcept
    : book_{other.book_}, where_{other.release()} {}

  counted_place& operator=(counted_place&& other) noexcept {
    std::swap(book_, other.book_);
    std::swap(where_, other.where_);
    return *this;
  }

  ~counted_place() {
    if (where_ != 0)
      book_->leave(where_);
  }

  /// Returns the place, which the caller has to leave from now on.
  address_book::place release() noexcept { return std::exchange(where_, 0); }

private:
  address_book* book_ = nullptr;
  address_book::place where_ = 0;
};

/// The knowledge of a listener about its peers: the proxies that may tell the
/// addresses of their clients, and the book of all addresses. Any thread.
class client_gate {
public:
  /// `reads_headers`: the proxies speak the PROXY protocol.
  client_gate(address_ranges proxies, bool reads_headers,
              const address_limits& limits)
    : proxies_{std::move(proxies)},
      reads_headers_{reads_headers},
      book_{limits} {}

  const address_ranges& proxies() const noexcept { return proxies_; }

  bool is_proxy(const ip_address& peer) const noexcept {
    return contains(proxies_, peer);
  }

  bool reads_headers() const noexcept { return reads_headers_; }

  address_book& book() noexcept { return book_; }

private:
  const address_ranges proxies_;
  const bool reads_headers_;
  address_book book_;
};

/// Returns the answer to a client that is refused for `why`, which is not
/// `none`: 429 with the time after which to come back.
http_response too_many(address_refusal why);

} // namespace rookery
