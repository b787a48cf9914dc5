#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rookery::bench {

/// Receives the events that a protocol finds in the bytes of one connection.
class sink {
public:
  virtual ~sink() = default;
  /// The connection is set up and, for a member, subscribed.
  virtual void ready() = 0;
  /// A message arrived on the connection's channel of that number.
  virtual void publication(std::uint32_t channel, std::string_view payload) = 0;
};

/// One connection's side of a protocol: bytes in, bytes out, no socket.
class wire {
public:
  virtual ~wire() = default;

  /// The client's first bytes; may be empty. Called again after a cut: the
  /// client then resumes where it was, if the protocol can.
  virtual std::string hello() = 0;

  /// Reads arrived bytes and appends answers to `out`. Returns false if the
  /// connection cannot continue; `problem` then has the reason.
  virtual bool feed(std::string_view bytes, std::string& out, sink& to) = 0;

  /// Appends one publication on the connection's channel of that number.
  virtual void publish(std::uint32_t channel, std::string_view payload,
                       std::string& out) = 0;

  /// Appends the bytes of an orderly close.
  virtual void goodbye(std::string& out) = 0;

  [[nodiscard]] const std::string& problem() const { return problem_; }

protected:
  bool fail(std::string problem) {
    if (problem_.empty())
      problem_ = std::move(problem);
    return false;
  }

private:
  std::string problem_;
};

enum class protocol { plain, centrifuge, redis };

struct wire_options {
  /// Channel names are this prefix and a number.
  std::string channel_prefix;
  std::uint32_t first_channel = 0;
  /// Channels of the connection; more than one with centrifuge only.
  std::uint32_t channels = 1;
  /// The request target of plain, with {channel} in it.
  std::string path;
  /// The token of a centrifuge client; empty: none.
  std::string token;
  /// Asks centrifuge for a position, and recovers from it after a cut.
  bool recovers = false;
  /// False for a connection that only publishes (with redis only).
  bool member = true;

  [[nodiscard]] std::string channel(std::uint32_t number) const {
    return channel_prefix + std::to_string(first_channel + number);
  }
};

std::unique_ptr<wire> make_wire(protocol kind, const wire_options& options);

std::unique_ptr<wire> make_plain_wire(const wire_options& options);
std::unique_ptr<wire> make_centrifuge_wire(const wire_options& options);
std::unique_ptr<wire> make_redis_wire(const wire_options& options);

} // namespace rookery::bench
