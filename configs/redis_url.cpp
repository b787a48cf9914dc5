#include "configs/redis_url.hpp"

#include "configs/host_port.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace rookery {

namespace {

/// Returns what is wrong with user and password; empty: nothing.
std::string_view read_credentials(const boost::urls::url_view& from,
                                  redis_url& to) {
  if (!from.has_userinfo())
    return {};
  if (!from.has_password())
    return "a user comes with a password: user:password@";
  to.user = from.user();
  to.password = from.password();
  return to.password.empty() ? "the password before @ is empty"
                             : std::string_view{};
}

} // namespace

std::variant<redis_url, redis_url_error>
parse_redis_url(std::string_view text) {
  if (text.starts_with("rediss://"))
    return redis_url_error{"TLS to Redis (rediss://) is not supported yet"};
  if (!text.starts_with("redis://"))
    return redis_url_error{"it does not begin with redis://"};
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed)
    return redis_url_error{"it is not a URL of RFC 3986: the port is a number, "
                           "and user and password are percent-encoded, except "
                           "for letters, digits and - . _ ~"};
  const std::string_view database = parsed->encoded_target();
  if (!(database.empty() || database == "/" || database == "/0")
      || parsed->has_fragment())
    return redis_url_error{
      "only /0 may follow the port (and / ? # in a password are percent-"
      "encoded): Pub/Sub ignores database numbers, redis.prefix separates "
      "clusters"};
  redis_url result;
  if (const auto wrong = read_credentials(*parsed, result); !wrong.empty())
    return redis_url_error{wrong};
  if (const auto wrong = read_host_port(parsed->encoded_host_and_port(),
                                        result.host, result.port);
      !wrong.empty())
    return redis_url_error{wrong};
  return result;
}

} // namespace rookery
