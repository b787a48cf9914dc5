#include "configs/http_url.hpp"

#include "configs/host_port.hpp"

#include <algorithm>

namespace rookery {

namespace {

constexpr auto npos = std::string_view::npos;

} // namespace

std::variant<http_url, http_url_error> parse_http_url(std::string_view text) {
  constexpr std::string_view scheme = "http://";
  if (text.starts_with("https://"))
    return http_url_error{"TLS to a backend (https://) is not supported yet"};
  if (!text.starts_with(scheme))
    return http_url_error{"it does not begin with http://"};
  text.remove_prefix(scheme.size());
  if (!std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; }))
    return http_url_error{"spaces, control characters and all but ASCII are "
                          "percent-encoded"};
  if (text.find('#') != npos)
    return http_url_error{"a fragment (#) means nothing to a server"};
  const auto end = std::min(text.find_first_of("/?"), text.size());
  http_url result;
  if (text.substr(0, end).find('@') != npos)
    return http_url_error{"user and password have no place in it"};
  result.authority = text.substr(0, end);
  if (const auto wrong =
        read_host_port(result.authority, result.host, result.port);
      !wrong.empty())
    return http_url_error{wrong};
  if (const auto target = text.substr(end); target.starts_with('/'))
    result.target = target;
  else
    result.target += target;
  return result;
}

} // namespace rookery
