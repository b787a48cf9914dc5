#pragma once

#include "net/reader.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace rookery {

/// The idle readers of one loop. A client borrows one while a message arrives.
/// Loop thread only; must be cleared before its io_context can run out of work.
class reader_pool {
public:
  /// Both must outlive the pool and its readers.
  reader_pool(boost::asio::io_context& context, const session_limits& limits);

  /// Returns a reader for a client whose upgrade is answered already.
  std::unique_ptr<reader> lease();

  /// Answers `request`; see `reader::upgrade`.
  std::unique_ptr<reader> upgrade(const http_request& request,
                                  reader_sink& sink,
                                  std::string_view subprotocol = {});

  /// Takes back a reader that is reusable; destroys every other.
  void give_back(std::unique_ptr<reader> unused);

  void clear() noexcept { free_.clear(); }

  /// Readers waiting for a client.
  std::size_t size() const noexcept { return free_.size(); }

  /// Readers made since the start, without those of upgrades.
  std::size_t made() const noexcept { return made_; }

private:
  /// More messages than this hardly ever arrive interleaved.
  static constexpr std::size_t max_free = 16;

  boost::asio::io_context& context_;
  const session_limits& limits_;
  std::vector<std::unique_ptr<reader>> free_;
  std::size_t made_ = 0;
};

} // namespace rookery
