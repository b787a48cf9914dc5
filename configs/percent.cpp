#include "configs/percent.hpp"

#include <boost/url/pct_string_view.hpp>

namespace rookery {

std::optional<std::string> percent_decode(std::string_view text) {
  const auto encoded = boost::urls::make_pct_string_view(text);
  if (!encoded)
    return std::nullopt;
  return encoded->decode();
}

} // namespace rookery
