#pragma once

#include "cluster/redis/redis_parser.hpp"
#include "net/turn_task.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

class io_loop;

/// One TCP connection to Redis. Commands are sent in one write per turn of the
/// loop; replies are read with bounded memory. Use a new object for every
/// attempt. Loop thread only; pending operations keep it alive.
class redis_connection final
  : public std::enable_shared_from_this<redis_connection>,
    private turn_task {
public:
  using tcp = boost::asio::ip::tcp;

  /// Receives the reports of a connection until it is closed. May close it.
  class listener {
  public:
    virtual void opened() = 0;

    /// Bytes have arrived.
    virtual void heard() = 0;

    /// The next reply has arrived; it is valid during the call.
    virtual void replied(const redis_reply& reply) = 0;

    /// A reply exceeds the limit on bytes; `part` holds the elements before
    /// that point. The connection cannot be used any more.
    virtual void refused(const redis_reply& part) = 0;

    /// Called before each write; may append commands to `output`. Returns true
    /// if there are more commands than it appended.
    virtual bool flushing(std::string& output) = 0;

    /// The connection cannot be used any more. `reason` is the system's text
    /// or ours; it contains no received bytes.
    virtual void failed(std::string_view reason) = 0;

  protected:
    ~listener() = default;
  };

  /// Connects to `where`. `events` must live until `close`.
  static std::shared_ptr<redis_connection>
  open(io_loop& loop, const tcp::endpoint& where, redis_reply::limits bounds,
       listener& events);

  redis_connection(const redis_connection&) = delete;
  redis_connection& operator=(const redis_connection&) = delete;

  ~redis_connection();

  /// Closes the connection and reports nothing any more.
  void close() noexcept;

  /// Queues a command, to be sent at the end of the turn. Arguments may contain
  /// any bytes. Returns the encoded size.
  std::size_t send(std::span<const std::string_view> arguments);

  /// Queues a command that is already encoded.
  void send_encoded(std::string_view command);

  /// Schedules a call of `flushing` for the end of the turn.
  void plan_flush();

  /// Bytes of commands that the kernel has not accepted yet.
  std::size_t unsent() const noexcept { return output_.size() - sent_; }

private:
  redis_connection(io_loop& loop, redis_reply::limits bounds, listener& events);

  bool is_open() const noexcept { return events_ != nullptr; }

  void connect(const tcp::endpoint& where);
  void read();
  void take(std::string_view bytes);
  void parse();
  void end_turn() override;
  void flush();
  void write();
  void wait_to_write();

  io_loop& loop_;
  listener* events_; // null once closed
  tcp::socket socket_;
  redis_parser parser_;
  std::vector<char> input_;
  std::string output_;
  std::size_t sent_ = 0; // bytes of `output_` already written
  bool is_connected_ = false;
  bool flush_planned_ = false;
  bool waits_to_write_ = false;
};

} // namespace rookery
