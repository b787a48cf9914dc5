#include "configs/check_settings.hpp"

#include "configs/address.hpp"
#include "configs/check_channels.hpp"
#include "configs/check_hooks.hpp"
#include "configs/ip_address.hpp"
#include "configs/redis_url.hpp"
#include "configs/utf8.hpp"
#include "configs/value_text.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace rookery {

namespace {

using problems = std::vector<std::string>;

void check_label(problems& result, std::string_view key,
                 const std::string& value) {
  if (value.size() > 64 || !is_valid_utf8(value)
      || has_control_character(value))
    result.push_back(std::string{key}
                     + ": expected at most 64 bytes of valid UTF-8 without "
                       "control characters");
}

/// A prefix is one name and a colon: with more colons, `a:` and `a:b:` could
/// name the same channels.
void check_prefix(problems& result, std::string_view prefix) {
  if (prefix.empty())
    return;
  if (prefix.ends_with(':'))
    prefix.remove_suffix(1);
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  };
  if (prefix.empty() || prefix.size() > 64 || prefix.starts_with("__")
      || !std::ranges::all_of(prefix, is_letter))
    result.push_back("redis.prefix: expected at most 64 letters, digits, - _ . "
                     "and perhaps a colon at the end, which is added where it "
                     "is missing; with another colon, or __ at the beginning, "
                     "two clusters could share names");
}

void check_listen_addresses(problems& result,
                            const settings::listen_settings& listen) {
  if (listen.address.empty())
    result.push_back("listen.address: expected at least one address");
  for (auto i = listen.address.begin(); i != listen.address.end(); ++i) {
    if (!is_ip_literal(*i))
      result.push_back("listen.address: " + format_quoted(*i)
                       + " is not an IPv4 or IPv6 address");
    if (std::find(listen.address.begin(), i, *i) != i)
      result.push_back("listen.address: " + format_quoted(*i)
                       + " is listed twice");
  }
}

/// The first address that can be reached from beyond this machine.
std::optional<std::string> exposed_address(const settings& given) {
  const auto& addresses = given.listen.address;
  const auto found =
    std::ranges::find_if(addresses, [](const std::string& address) {
      return is_ip_literal(address) && !is_loopback_literal(address);
    });
  return found == addresses.end() ? std::nullopt : std::optional{*found};
}

/// Returns how clients beyond this machine reach the node; empty if they do
/// not.
std::string way_in(const settings& given) {
  if (const auto address = exposed_address(given))
    return "listen.address: " + *address
           + " can be reached from beyond this machine by anybody";
  if (!given.listen.trusted_proxies.empty())
    return "listen.trusted-proxies: anybody who reaches the proxies reaches "
           "this node";
  return {};
}

/// The change by which all clients would need tokens; empty if none is needed.
std::string way_to_tokens(const settings& given) {
  std::string result;
  const auto is_plain_off = !given.plain.publish && !given.plain.subscribe;
  // A backend decides about clients of the Centrifuge protocol only.
  if (!has_token_keys(given.token)
      && (given.hooks.connect.empty() || !is_plain_off))
    result = "set keys in group token";
  if (given.centrifuge.enabled && given.centrifuge.insecure)
    result += (result.empty() ? "" : " and ")
              + std::string{"switch off centrifuge.insecure"};
  return result;
}

void check_exposure(problems& result, const settings& given) {
  const auto entrance = way_in(given);
  if (entrance.empty() || given.node.insecure)
    return;
  if (const auto way = way_to_tokens(given); !way.empty())
    result.push_back(entrance
                     + "; to allow that, write insecure = true in group node "
                       "(--node.insecure); to let in nobody without a token, "
                     + way);
}

void check_origins(problems& result, const settings::listen_settings& listen) {
  for (const auto& origin : listen.allowed_origins)
    if (origin != "*" && !is_origin(origin))
      result.push_back("listen.allowed-origins: " + format_quoted(origin)
                       + " is neither \"*\" nor scheme://host[:port] in lower "
                         "case");
}

void check_proxies(problems& result, const settings::listen_settings& listen) {
  for (const auto& range : listen.trusted_proxies)
    if (!parse_range(range))
      result.push_back("listen.trusted-proxies: " + format_quoted(range)
                       + " is neither an address nor a range such as "
                         "\"10.0.0.0/8\"");
  if (listen.proxy_protocol && listen.trusted_proxies.empty())
    result.push_back("listen.proxy-protocol: needs listen.trusted-proxies, "
                     "whose headers are believed");
}

bool is_host_name(const std::string& name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.'
           || c == '-';
  });
}

void check_admin(problems& result, const settings& given) {
  const auto& admin = given.admin;
  if (!is_ip_literal(admin.address))
    result.push_back("admin.address: " + format_quoted(admin.address)
                     + " is not an IPv4 or IPv6 address");
  else if (!is_loopback_literal(admin.address) && admin.token.empty())
    result.push_back("admin.address: " + admin.address
                     + " can be reached from beyond this machine: set "
                       "admin.token");
  for (const auto& host : admin.hosts)
    if (!is_host_name(host))
      result.push_back("admin.hosts: " + format_quoted(host)
                       + " is no host name in lower case without a port");
  const auto meets = [&](const std::string& address) {
    return address == admin.address || address == "0.0.0.0" || address == "::";
  };
  if (admin.port != 0 && admin.port == given.listen.port
      && std::ranges::any_of(given.listen.address, meets))
    result.push_back("admin.port: " + std::to_string(admin.port)
                     + " is listen.port, too");
}

void check_visible(problems& result, std::string_view key,
                   const std::string& value) {
  if (!std::ranges::all_of(value, [](char c) { return c > ' ' && c <= '~'; }))
    result.push_back(std::string{key}
                     + ": expected visible ASCII characters without spaces");
}

void check_size(problems& result, std::string_view key,
                const std::string& value, std::size_t min) {
  if (!value.empty() && value.size() < min)
    result.push_back(std::string{key} + ": is shorter than "
                     + std::to_string(min)
                     + " bytes and can be guessed; to allow that, write "
                       "insecure = true in group node (--node.insecure)");
}

void check_sizes(problems& result, const settings& given) {
  if (given.node.insecure)
    return;
  check_size(result, "cluster.secret", given.cluster.secret, min_secret_size);
  const auto signs_messages =
    given.cluster.secret.empty() && !given.redis.url.empty();
  check_size(result, "api.key", given.api.key,
             signs_messages ? min_secret_size : min_key_size);
  check_size(result, "admin.token", given.admin.token, min_key_size);
}

void check_secrets(problems& result, const settings& given) {
  if (!given.redis.url.empty()) {
    const auto parsed = parse_redis_url(given.redis.url);
    if (const auto* wrong = std::get_if<redis_url_error>(&parsed))
      result.push_back(
        "redis.url: " + std::string{wrong->text}
        + "; expected redis://[[user]:password@]host[:port][/0]");
  }
  check_visible(result, "api.key", given.api.key);
  check_visible(result, "admin.token", given.admin.token);
}

} // namespace

bool has_token_keys(const settings::token_settings& token) {
  return !token.hmac_secrets.empty() || !token.hmac_secrets_file.empty()
         || !token.public_keys.empty();
}

bool is_exposed(const settings& given) {
  return !way_in(given).empty();
}

std::vector<std::string> check_settings(const settings& given) {
  problems result;
  check_label(result, "node.name", given.node.name);
  check_prefix(result, given.redis.prefix);
  if (given.redis.presence_ttl < 2 * given.redis.presence_update_interval)
    result.push_back("redis.presence-ttl: expected at least twice "
                     "redis.presence-update-interval");
  check_listen_addresses(result, given.listen);
  check_exposure(result, given);
  check_origins(result, given.listen);
  check_proxies(result, given.listen);
  check_admin(result, given);
  check_secrets(result, given);
  check_sizes(result, given);
  std::ranges::move(check_channels(given), std::back_inserter(result));
  std::ranges::move(check_hooks(given), std::back_inserter(result));
  if (given.listen.output_queue > given.node.output_memory)
    result.push_back("listen.output-queue: is larger than node.output-memory, "
                     "the bound on all queues together");
  return result;
}

} // namespace rookery
