#include "net/reader_pool.hpp"

#include <utility>

namespace rookery {

reader_pool::reader_pool(boost::asio::io_context& context,
                         const session_limits& limits)
  : context_{context}, limits_{limits} {}

std::unique_ptr<reader> reader_pool::lease() {
  if (free_.empty()) {
    ++made_;
    return reader::create(context_, limits_);
  }
  auto result = std::move(free_.back());
  free_.pop_back();
  return result;
}

std::unique_ptr<reader> reader_pool::upgrade(const http_request& request,
                                             reader_sink& sink,
                                             std::string_view subprotocol) {
  return reader::upgrade(context_, limits_, request, sink, subprotocol);
}

void reader_pool::give_back(std::unique_ptr<reader> unused) {
  unused->held().release();
  if (unused->is_reusable() && free_.size() < max_free)
    free_.push_back(std::move(unused));
}

} // namespace rookery
