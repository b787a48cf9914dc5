#pragma once

#include "actors/text/json_parser.hpp"

#include <string>
#include <string_view>

namespace rookery {

/// Embeds payloads of any origin into JSON messages.
class json_payload_writer {
public:
  /// Appends `payload` as it is if it is valid JSON, with spaces instead of
  /// line feeds: a message is one line. Anything else is appended as a JSON
  /// string.
  void append(std::string& out, std::string_view payload);

private:
  json_parser parser_;
};

} // namespace rookery
