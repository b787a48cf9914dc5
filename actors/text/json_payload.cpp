#include "actors/text/json_payload.hpp"

#include "actors/text/json_text.hpp"
#include "actors/text/json_value.hpp"

namespace rookery {

void json_payload_writer::append(std::string& out, std::string_view payload) {
  if (!is_json(payload)) {
    append_json_string(out, payload);
    return;
  }
  const auto begin = out.size();
  out += payload;
  // Valid JSON has line feeds between its tokens only. Few payloads have any.
  for (auto at = out.find('\n', begin); at != out.npos; at = out.find('\n', at))
    out[at] = ' ';
}

// As the only element of an array a scalar is a value like any other, which the
// root of a document is not.
bool json_payload_writer::is_json(std::string_view payload) {
  simdjson::ondemand::document document;
  simdjson::ondemand::array array;
  const auto text = parser_.load({"[", payload, "]"});
  if (parser_.parse(text).get(document) || document.get_array().get(array))
    return false;
  std::size_t count = 0;
  for (auto element : array) {
    simdjson::ondemand::value value;
    if (std::move(element).get(value) || !read_json(value) || ++count > 1)
      return false;
  }
  return count == 1 && is_at_end(document);
}

} // namespace rookery
