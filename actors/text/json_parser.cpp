#include "actors/text/json_parser.hpp"

#include <algorithm>
#include <bit>

namespace rookery {

namespace {

constexpr std::size_t first_capacity = 1024;

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

} // namespace

std::string_view
json_parser::load(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const auto part : parts)
    size += part.size();
  if (size <= kept_size && text_.capacity() > 2 * kept_size) {
    std::string{}.swap(text_); // assigning would keep the memory
    parser_ = simdjson::ondemand::parser{};
  }
  text_.clear();
  text_.reserve(std::bit_ceil(size + simdjson::SIMDJSON_PADDING));
  for (const auto part : parts)
    text_ += part;
  text_.append(simdjson::SIMDJSON_PADDING, '\0');
  return std::string_view{text_}.substr(0, size);
}

simdjson::simdjson_result<simdjson::ondemand::document>
json_parser::parse(std::string_view loaded) {
  // Later releases of simdjson skip the mark.
  if (loaded.starts_with(byte_order_mark))
    return simdjson::TAPE_ERROR;
  if (parser_.capacity() < loaded.size()) {
    const auto capacity =
      std::max(first_capacity, std::bit_ceil(loaded.size()));
    if (const auto error = parser_.allocate(capacity))
      return error;
  }
  return parser_.iterate(loaded.data(), loaded.size(),
                         loaded.size() + simdjson::SIMDJSON_PADDING);
}

// The text is parsed as the only element of an array: simdjson treats a scalar
// at the root of a document differently from other values.
std::optional<simdjson::ondemand::value>
json_parser::read_one(std::string_view text, const json_limits& limits) {
  simdjson::ondemand::array array;
  if (parse(load({"[", text, "]"})).get(document_)
      || document_.get_array().get(array))
    return std::nullopt;
  std::size_t count = 0;
  simdjson::ondemand::value value;
  for (auto element : array)
    if (std::move(element).get(value) || !read_json(value, limits)
        || ++count > 1)
      return std::nullopt;
  if (count != 1 || !is_at_end(document_))
    return std::nullopt;
  document_.rewind();
  if (document_.at(0).get(value))
    return std::nullopt;
  return value;
}

} // namespace rookery
