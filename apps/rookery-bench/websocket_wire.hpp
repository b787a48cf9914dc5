#pragma once

#include "apps/rookery-bench/protocol.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::bench {

/// The client's side of a WebSocket (RFC 6455), the base of protocols on top of
/// it. Reads only the frames that the servers here send: no fragments, no
/// extensions.
class websocket_wire : public wire {
public:
  std::string hello() final;
  bool feed(std::string_view bytes, std::string& out, sink& to) final;
  void goodbye(std::string& out) final;

protected:
  explicit websocket_wire(std::string target) : target_{std::move(target)} {}

  /// The server has accepted the upgrade; called again after each `hello`.
  virtual void opened(std::string& out, sink& to) = 0;

  virtual void message(std::string_view payload, std::string& out,
                       sink& to) = 0;

  void append_text(std::string_view payload, std::string& out);

private:
  enum class opcode : unsigned char;

  std::size_t take(std::string_view bytes, std::string& out, sink& to);
  std::size_t take_frame(std::string_view bytes, std::string& out, sink& to);
  void take_message(opcode kind, std::string_view payload, std::string& out,
                    sink& to);
  void append_frame(opcode kind, std::string_view payload, std::string& out);

  std::string target_;
  std::string carry_;
  std::uint32_t key_ = 1;
  bool open_ = false;
};

} // namespace rookery::bench
