#include "configs/check_hooks.hpp"

#include "configs/http_url.hpp"
#include "configs/settings_table.hpp"
#include "configs/value_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <variant>

namespace rookery {

namespace {

using problems = std::vector<std::string>;

/// Fields that are about one connection or body, in lower case: those of the
/// client are not the backend's.
constexpr std::array<std::string_view, 11> own_fields{"host",
                                                      "connection",
                                                      "content-length",
                                                      "content-type",
                                                      "expect",
                                                      "keep-alive",
                                                      "te",
                                                      "trailer",
                                                      "upgrade",
                                                      "transfer-encoding",
                                                      "proxy-connection"};

void check_url(problems& result, std::string_view key,
               const std::string& value) {
  if (value.empty())
    return;
  const auto parsed = parse_http_url(value);
  if (const auto* wrong = std::get_if<http_url_error>(&parsed))
    result.push_back(std::string{key} + ": " + std::string{wrong->text}
                     + "; expected http://host[:port][/path]");
}

bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
           || (c >= 'A' && c <= 'Z') || marks.find(c) != marks.npos;
  });
}

std::string lower(std::string text) {
  for (auto& c : text)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c + ('a' - 'A'));
  return text;
}

void check_header(problems& result, const std::string& name) {
  const auto where = "hooks.headers: " + format_quoted(name);
  if (!is_token(name))
    result.push_back(where + " is not the name of a header field");
  else if (std::ranges::find(own_fields, lower(name)) != own_fields.end())
    result.push_back(where
                     + " cannot be forwarded: it is about the client's "
                       "own connection");
}

void check_channel(problems& result, const std::string& group,
                   const settings::channel_settings& options,
                   const settings::hook_settings& hooks) {
  if (options.hook_subscribe && hooks.subscribe.empty())
    result.push_back(group
                     + ".hook-subscribe: needs hooks.subscribe, the URL "
                       "of the backend to ask");
  if (options.hook_publish && hooks.publish.empty())
    result.push_back(group
                     + ".hook-publish: needs hooks.publish, the URL of "
                       "the backend to ask");
}

} // namespace

bool asks_backends(const settings::hook_settings& hooks) {
  return !hooks.connect.empty() || !hooks.refresh.empty()
         || !hooks.subscribe.empty() || !hooks.publish.empty()
         || !hooks.rpc.empty();
}

bool forwards_credentials(const settings::hook_settings& hooks) {
  return asks_backends(hooks)
         && std::ranges::any_of(hooks.headers, [](const auto& each) {
              const auto name = lower(each);
              return name == "cookie" || name == "authorization";
            });
}

problems check_hooks(const settings& given) {
  problems result;
  check_url(result, "hooks.events", given.hooks.events);
  const auto& hooks = given.hooks;
  check_url(result, "hooks.connect", hooks.connect);
  check_url(result, "hooks.refresh", hooks.refresh);
  check_url(result, "hooks.subscribe", hooks.subscribe);
  check_url(result, "hooks.publish", hooks.publish);
  check_url(result, "hooks.rpc", hooks.rpc);
  if (!hooks.refresh.empty() && hooks.connect.empty())
    result.emplace_back("hooks.refresh: needs hooks.connect, which says when "
                        "connections expire");
  for (const auto& name : hooks.headers)
    check_header(result, name);
  check_channel(result, "channel", given.channel, hooks);
  for (const auto& [name, options] : given.namespaces)
    check_channel(result, std::string{namespace_group} + '.' + name, options,
                  hooks);
  return result;
}

} // namespace rookery
