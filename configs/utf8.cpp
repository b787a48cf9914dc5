#include "configs/utf8.hpp"

#include <simdjson.h>

namespace rookery {

bool is_valid_utf8(std::string_view text) noexcept {
  return simdjson::validate_utf8(text.data(), text.size());
}

bool has_control_character(std::string_view utf8) noexcept {
  unsigned char previous = 0;
  for (const auto c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    // U+0080 to U+009F are encoded as C2 80 to C2 9F.
    if (byte < 0x20 || byte == 0x7f || (previous == 0xc2 && byte < 0xa0))
      return true;
    previous = byte;
  }
  return false;
}

} // namespace rookery
