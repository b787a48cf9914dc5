#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rookery::bench {

/// What a protocol tells about the bytes of one connection.
class sink {
public:
  virtual ~sink() = default;
  /// The connection is set up and, for a member, subscribed.
  virtual void ready() = 0;
  virtual void publication(std::string_view payload) = 0;
};

/// One connection's side of a protocol: bytes in, bytes out, no socket.
class wire {
public:
  virtual ~wire() = default;

  /// What the client sends first; may be empty.
  virtual std::string hello() = 0;

  /// Takes what arrived and appends answers to `out`. Returns false once the
  /// connection can go no further; `problem` then says why.
  virtual bool feed(std::string_view bytes, std::string& out, sink& to) = 0;

  /// Appends one publication.
  virtual void publish(std::string_view payload, std::string& out) = 0;

  /// Appends what ends the connection in good order.
  virtual void goodbye(std::string& out) = 0;

  [[nodiscard]] const std::string& problem() const { return problem_; }

protected:
  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

private:
  std::string problem_;
};

enum class protocol { plain, redis };

struct wire_options {
  std::string channel;
  /// Request target with {channel} in it, of protocols over HTTP.
  std::string path;
  /// False for a connection that publishes only (redis alone knows those).
  bool member = true;
};

std::unique_ptr<wire> make_wire(protocol kind, const wire_options& options);

std::unique_ptr<wire> make_plain_wire(const wire_options& options);
std::unique_ptr<wire> make_redis_wire(const wire_options& options);

} // namespace rookery::bench
