#pragma once

#include "actors/centrifuge/centrifuge_replies.hpp"
#include "actors/text/json_payload.hpp"

#include <string>

namespace rookery {

/// The encoding half of the JSON codec (see centrifuge_json_codec.hpp).
class centrifuge_json_encoder {
public:
  void encode(const centrifuge_reply& reply, std::string& frame);
  void encode(const centrifuge_push& push, std::string& frame);
  void encode_ping(std::string& frame);

  /// Appends a result alone, for the server API, which has the same format.
  void encode_body(const history_result& result, std::string& out);
  void encode_body(const presence_result& result, std::string& out);

private:
  json_payload_writer payloads_;
};

} // namespace rookery
