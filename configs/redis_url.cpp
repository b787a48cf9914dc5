#include "configs/redis_url.hpp"

#include "configs/host_port.hpp"
#include "configs/percent.hpp"

#include <algorithm>
#include <optional>

namespace rookery {

namespace {

constexpr auto npos = std::string_view::npos;

using problem = std::optional<redis_url_error>;

problem read_credentials(std::string_view text, redis_url& result) {
  const auto colon = text.find(':');
  if (colon == npos)
    return redis_url_error{"a user comes with a password: user:password@"};
  auto user = percent_decode(text.substr(0, colon));
  auto password = percent_decode(text.substr(colon + 1));
  if (!user || !password)
    return redis_url_error{"a % in user or password begins no %XX escape"};
  if (password->empty())
    return redis_url_error{"the password before @ is empty"};
  result.user = std::move(*user);
  result.password = std::move(*password);
  return std::nullopt;
}

bool is_visible(char c) {
  return c > ' ' && c <= '~';
}

} // namespace

std::variant<redis_url, redis_url_error>
parse_redis_url(std::string_view text) {
  constexpr std::string_view scheme = "redis://";
  if (text.starts_with("rediss://"))
    return redis_url_error{"TLS to Redis (rediss://) is not supported yet"};
  if (!text.starts_with(scheme))
    return redis_url_error{"it does not begin with redis://"};
  text.remove_prefix(scheme.size());
  if (!std::ranges::all_of(text, is_visible))
    return redis_url_error{"spaces, control characters and all but ASCII are "
                           "percent-encoded"};
  if (text.find_first_of("/?#") != npos)
    return redis_url_error{
      "nothing may follow the port (and / ? # in a password are percent-"
      "encoded): Pub/Sub ignores database numbers, redis.prefix separates "
      "clusters"};
  redis_url result;
  if (const auto at = text.rfind('@'); at != npos) {
    if (text.find('@') != at)
      return redis_url_error{"an @ in user or password is written %40"};
    if (auto wrong = read_credentials(text.substr(0, at), result))
      return *wrong;
    text.remove_prefix(at + 1);
  }
  if (const auto wrong = read_host_port(text, result.host, result.port);
      !wrong.empty())
    return redis_url_error{wrong};
  return result;
}

} // namespace rookery
