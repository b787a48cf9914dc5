#include "configs/http_url.hpp"

#include "configs/host_port.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace rookery {

namespace {

constexpr http_url_error malformed{
  "it is not a URL of RFC 3986: the port is a number, and characters that a "
  "URL cannot hold are percent-encoded"};

} // namespace

std::variant<http_url, http_url_error> parse_http_url(std::string_view text) {
  if (text.starts_with("https://"))
    return http_url_error{"TLS to a backend (https://) is not supported yet"};
  if (!text.starts_with("http://"))
    return http_url_error{"it does not begin with http://"};
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed)
    return malformed;
  if (parsed->has_fragment())
    return http_url_error{"a fragment (#) means nothing to a server"};
  if (parsed->has_userinfo())
    return http_url_error{"user and password have no place in it"};
  http_url result;
  result.authority = parsed->encoded_authority();
  if (const auto wrong =
        read_host_port(result.authority, result.host, result.port);
      !wrong.empty())
    return http_url_error{wrong};
  const std::string_view target = parsed->encoded_target();
  if (target.starts_with('/'))
    result.target = target;
  else if (target.empty() || target.starts_with('?'))
    result.target += target;
  else // Boost 1.81 takes letters after the digits of a port for a path
    return malformed;
  return result;
}

} // namespace rookery
