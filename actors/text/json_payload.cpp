#include "actors/text/json_payload.hpp"

#include "actors/text/json_text.hpp"

namespace rookery {

void json_payload_writer::append(std::string& out, std::string_view payload) {
  if (!parser_.read_one(payload, relayed_json)) {
    append_json_string(out, payload);
    return;
  }
  const auto begin = out.size();
  out += payload;
  // Valid JSON has line feeds between its tokens only. Few payloads have any.
  for (auto at = out.find('\n', begin); at != out.npos; at = out.find('\n', at))
    out[at] = ' ';
}

} // namespace rookery
