#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace rookery {

/// A client's socket. The concrete executor saves 24 bytes and an indirect call
/// per wait.
using tcp_socket =
  boost::asio::basic_stream_socket<boost::asio::ip::tcp,
                                   boost::asio::io_context::executor_type>;

} // namespace rookery
