#pragma once

#include "actors/text/json_parser.hpp"

#include <string>
#include <string_view>

namespace rookery {

/// Embeds payloads of any origin into JSON messages.
class json_payload_writer {
public:
  /// Appends a payload that is valid JSON as it is, with spaces instead of line
  /// feeds: a message is one line. Appends any other payload as a JSON string.
  void append(std::string& out, std::string_view payload);

private:
  json_parser parser_;
};

} // namespace rookery
