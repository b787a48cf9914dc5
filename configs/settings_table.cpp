#include "configs/settings_table.hpp"

#include <algorithm>
#include <array>

namespace rookery {

namespace {

template <auto Group, auto Member>
constexpr auto at = +[](settings& from) -> auto& {
  return from.*Group.*Member;
};

template <auto Member>
constexpr auto node = at<&settings::node, Member>;
template <auto Member>
constexpr auto listen = at<&settings::listen, Member>;
template <auto Member>
constexpr auto plain = at<&settings::plain, Member>;
template <auto Member>
constexpr auto redis = at<&settings::redis, Member>;
template <auto Member>
constexpr auto api = at<&settings::api, Member>;
template <auto Member>
constexpr auto token = at<&settings::token, Member>;
template <auto Member>
constexpr auto admin = at<&settings::admin, Member>;
template <auto Member>
constexpr auto log = at<&settings::log, Member>;

using node_group = settings::node_settings;
using listen_group = settings::listen_settings;
using plain_group = settings::plain_settings;
using redis_group = settings::redis_settings;
using api_group = settings::api_settings;
using token_group = settings::token_settings;
using admin_group = settings::admin_settings;
using log_group = settings::log_settings;

constexpr std::int64_t kib = 1024;
constexpr std::int64_t mib = 1024 * kib;
constexpr std::int64_t gib = 1024 * mib;
constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;

constexpr std::array groups{
  setting_group{"node", "The node as a whole."},
  setting_group{"listen", "The listener for clients and publishers."},
  setting_group{"plain", "The plain protocol: /ws, /sse and /pub."},
  setting_group{"redis", "The link to Redis, which joins nodes to a cluster."},
  setting_group{"api", "Access to the HTTP API."},
  setting_group{"token", "Keys that sign the clients' tokens (JWT)."},
  setting_group{"admin", "The listener for administrators."},
  setting_group{"log", "The log, written to standard error."},
};

constexpr std::array table{
  setting{
    .key = "node.name",
    .field = node<&node_group::name>,
    .help = "Name of this node in logs and in the cluster, at most 64 "
            "printable characters. Empty: host name and listen port.",
  },
  setting{
    .key = "node.loops",
    .field = node<&node_group::loops>,
    .help = "Threads that serve connections. 0: one per core, less one for the "
            "Redis bridge and the kernel's work, but at least one.",
    .max = 256,
  },
  setting{
    .key = "node.drain-timeout",
    .field = node<&node_group::drain_timeout>,
    .help = "How long an orderly stop waits for clients to take what was "
            "accepted for them. The default leaves a supervisor that kills "
            "after 10 s some room.",
    .max = 10 * minute,
    .unit = "duration",
  },
  setting{
    .key = "node.insecure",
    .field = node<&node_group::insecure>,
    .help = "Must be written to listen beyond loopback: anybody who reaches "
            "the port may then subscribe and publish.",
  },
  setting{
    .key = "node.output-memory",
    .field = node<&node_group::output_memory>,
    .help = "Bound on the sum of all output queues. Beyond it the largest "
            "queues are closed first.",
    .min = mib,
    .max = 1024 * gib,
    .unit = "bytes",
  },
  setting{
    .key = "listen.address",
    .field = listen<&listen_group::address>,
    .help = "Addresses to listen on, IPv4 or IPv6 literals. Beyond loopback "
            "needs node.insecure, and POST /pub then needs api.key.",
  },
  setting{
    .key = "listen.port",
    .field = listen<&listen_group::port>,
    .help = "TCP port. 0: any free one, told in the log.",
    .max = 65535,
  },
  setting{
    .key = "listen.max-connections",
    .field = listen<&listen_group::max_connections>,
    .help = "Connections served at once; more are answered with 503. The "
            "default takes some 60 MiB when all of them are idle; each one "
            "also takes a descriptor (ulimit -n).",
    .min = 1,
    .max = 10'000'000,
    .unit = "connections",
  },
  setting{
    .key = "listen.max-message",
    .field = listen<&listen_group::max_message>,
    .help = "Largest message a client may send, after inflating. Stays below "
            "the 16 MiB at which a node drops its Redis link.",
    .min = 1,
    .max = 15 * mib,
    .unit = "bytes",
  },
  setting{
    .key = "listen.handshake-timeout",
    .field = listen<&listen_group::handshake_timeout>,
    .help = "How long a client may take to send its request.",
    .min = 100,
    .max = minute,
    .unit = "duration",
  },
  setting{
    .key = "listen.output-queue",
    .field = listen<&listen_group::output_queue>,
    .help = "How far one connection may lag behind. It is closed as a slow "
            "consumer when a frame arrives and this much is queued already.",
    .min = 4 * kib,
    .max = gib,
    .unit = "bytes",
  },
  setting{
    .key = "listen.send-buffer",
    .field = listen<&listen_group::send_buffer>,
    .help = "Bound on the kernel's send buffer per socket (SO_SNDBUF), so "
            "that a client that does not read cannot hide megabytes there.",
    .min = 4 * kib,
    .max = 64 * mib,
    .unit = "bytes",
  },
  setting{
    .key = "listen.ping-interval",
    .field = listen<&listen_group::ping_interval>,
    .help = "A silent client is pinged this often. The default is below the "
            "30 s after which common proxies give up.",
    .min = 100,
    .max = 60 * minute,
    .unit = "duration",
  },
  setting{
    .key = "listen.pong-timeout",
    .field = listen<&listen_group::pong_timeout>,
    .help = "A client that stays silent this long after a ping is cut.",
    .min = 100,
    .max = 10 * minute,
    .unit = "duration",
  },
  setting{
    .key = "listen.allowed-origins",
    .field = listen<&listen_group::allowed_origins>,
    .help = "Origins whose web pages may connect, such as "
            "\"https://example.org\"; \"*\" admits all. Empty: no check. "
            "Requests without an Origin do not come from a page and pass.",
  },
  setting{
    .key = "plain.publish",
    .field = plain<&plain_group::publish>,
    .help = "Whether clients of /ws and /pub may publish.",
  },
  setting{
    .key = "plain.subscribe",
    .field = plain<&plain_group::subscribe>,
    .help = "Whether clients of /ws and /sse receive publications.",
  },
  setting{
    .key = "plain.demo",
    .field = plain<&plain_group::demo>,
    .help = "Whether the node serves a demonstration page at /.",
  },
  setting{
    .key = "redis.url",
    .field = redis<&redis_group::url>,
    .help = "redis://[[user]:password@]host[:port], user and password "
            "percent-encoded. Empty: no Redis, this node stands alone.",
    .visibility = secrecy::secret,
  },
  setting{
    .key = "redis.url-file",
    .field = redis<&redis_group::url_file>,
    .help = "File to read redis.url from.",
    .visibility = secrecy::secret_file,
  },
  setting{
    .key = "redis.prefix",
    .field = redis<&redis_group::prefix>,
    .help = "Goes before every channel name in Redis and separates clusters "
            "on one Redis; at most 64 bytes.",
  },
  setting{
    .key = "redis.connect-timeout",
    .field = redis<&redis_group::connect_timeout>,
    .help = "How long one attempt to connect may take.",
    .min = 100,
    .max = minute,
    .unit = "duration",
  },
  setting{
    .key = "redis.own-loop",
    .field = redis<&redis_group::own_loop>,
    .help = "Whether the Redis bridge has a thread of its own, so that "
            "reading Redis never waits behind fan-out. auto: where there are "
            "more than two loops.",
    .choices = "auto|on|off",
  },
  setting{
    .key = "api.key",
    .field = api<&api_group::key>,
    .help = "Key that POST /pub must carry, visible ASCII. Empty: none, "
            "and POST /pub is closed on a node that listens beyond loopback.",
    .visibility = secrecy::secret,
  },
  setting{
    .key = "api.key-file",
    .field = api<&api_group::key_file>,
    .help = "File to read api.key from.",
    .visibility = secrecy::secret_file,
  },
  setting{
    .key = "token.hmac-secrets",
    .field = token<&token_group::hmac_secrets>,
    .help = "Secrets of HS256, HS384 and HS512, 32 bytes or more. All are "
            "tried: during a rotation the old one and the new one. Write "
            "\"kid:NAME:SECRET\" to serve tokens that name their key (kid), "
            "too: those are tried with that key alone.",
    .visibility = secrecy::secret,
  },
  setting{
    .key = "token.hmac-secrets-file",
    .field = token<&token_group::hmac_secrets_file>,
    .help = "File to read token.hmac-secrets from, one a line.",
    .visibility = secrecy::secret_file,
  },
  setting{
    .key = "token.public-keys",
    .field = token<&token_group::public_keys>,
    .help = "PEM files with one public key each: RSA for RS256, RS384 and "
            "RS512; P-256, P-384 or P-521 for ES256, ES384 or ES512. Names as "
            "in token.hmac-secrets: \"kid:NAME:FILE\".",
  },
  setting{
    .key = "token.subscription-hmac-secrets",
    .field = token<&token_group::subscription_hmac_secrets>,
    .help = "Secrets for subscription tokens, like token.hmac-secrets. With "
            "any subscription key none of the others is valid for them.",
    .visibility = secrecy::secret,
  },
  setting{
    .key = "token.subscription-hmac-secrets-file",
    .field = token<&token_group::subscription_hmac_secrets_file>,
    .help = "File to read token.subscription-hmac-secrets from, one a line.",
    .visibility = secrecy::secret_file,
  },
  setting{
    .key = "token.subscription-public-keys",
    .field = token<&token_group::subscription_public_keys>,
    .help = "PEM files for subscription tokens, like token.public-keys.",
  },
  setting{
    .key = "token.audience",
    .field = token<&token_group::audience>,
    .help = "What the claim aud of every token must contain. Empty: no check.",
  },
  setting{
    .key = "token.issuer",
    .field = token<&token_group::issuer>,
    .help = "What the claim iss of every token must be. Empty: no check.",
  },
  setting{
    .key = "admin.address",
    .field = admin<&admin_group::address>,
    .help = "Address to listen on, a loopback literal.",
  },
  setting{
    .key = "admin.port",
    .field = admin<&admin_group::port>,
    .help = "TCP port. 0: any free one, told in the log.",
    .max = 65535,
  },
  setting{
    .key = "log.level",
    .field = log<&log_group::level>,
    .help = "The least severe lines that are written.",
    .choices = "trace|debug|info|warn|error",
  },
  setting{
    .key = "log.format",
    .field = log<&log_group::format>,
    .help = "Lines for people, or one JSON object a line.",
    .choices = "text|json",
  },
};

} // namespace

std::span<const setting> settings_table() noexcept {
  return table;
}

std::span<const setting_group> setting_groups() noexcept {
  return groups;
}

const setting* find_setting(std::string_view key) noexcept {
  const auto found = std::ranges::find(table, key, &setting::key);
  return found == table.end() ? nullptr : &*found;
}

const setting_group* find_setting_group(std::string_view name) noexcept {
  const auto found = std::ranges::find(groups, name, &setting_group::name);
  return found == groups.end() ? nullptr : &*found;
}

} // namespace rookery
