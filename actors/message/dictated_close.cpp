#include "actors/message/dictated_close.hpp"

#include "actors/message/close_reason.hpp"
#include "configs/utf8.hpp"

namespace rookery {

bool is_valid(const dictated_close& how) noexcept {
  return how.code >= 3000 && how.code <= 4999
         && how.text.size() <= max_close_text && is_valid_utf8(how.text);
}

} // namespace rookery
