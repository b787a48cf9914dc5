#include "configs/check_hooks.hpp"

#include "configs/http_url.hpp"

#include <string_view>
#include <variant>

namespace rookery {

namespace {

using problems = std::vector<std::string>;

void check_url(problems& result, std::string_view key,
               const std::string& value) {
  if (value.empty())
    return;
  const auto parsed = parse_http_url(value);
  if (const auto* wrong = std::get_if<http_url_error>(&parsed))
    result.push_back(std::string{key} + ": " + std::string{wrong->text}
                     + "; expected http://host[:port][/path]");
}

} // namespace

problems check_hooks(const settings& given) {
  problems result;
  check_url(result, "hooks.events", given.hooks.events);
  return result;
}

} // namespace rookery
