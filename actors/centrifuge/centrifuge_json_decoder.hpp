#pragma once

#include "actors/centrifuge/centrifuge_codec.hpp"
#include "actors/text/json_parser.hpp"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery {

/// The decoding half of the JSON codec (see centrifuge_json_codec.hpp).
class centrifuge_json_decoder {
public:
  explicit centrifuge_json_decoder(
    std::size_t max_commands = max_commands_per_frame)
    : max_commands_{max_commands} {}

  void begin(std::string_view frame, std::uint32_t before);

  decoded next(centrifuge_command& command);

  std::string_view rest() const noexcept { return unread_; }

  std::uint32_t count() const noexcept { return decoded_; }

private:
  using value = simdjson::ondemand::value;
  using command_body = decltype(centrifuge_command::body);

  std::string_view take_line();

  bool read_command(std::string_view line, centrifuge_command& command);
  bool read_field(std::string_view key, value& field,
                  centrifuge_command& command);
  bool read_body(std::string_view method, value& field, command_body& body);

  bool read_connect(value& from, connect_request& request);
  bool read_subs(value& from);
  bool read_headers(value& from);

  const std::size_t max_commands_;
  json_parser parser_;
  std::string_view rest_;   // of the frame, as loaded
  std::string_view unread_; // the same with the last command
  decoded state_ = decoded::end;
  std::uint32_t decoded_ = 0; // commands of this frame
  std::vector<subscribe_request> subs_;
  std::vector<std::pair<std::string_view, std::string_view>> headers_;
};

} // namespace rookery
