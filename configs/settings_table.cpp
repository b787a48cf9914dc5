#include "configs/settings_table.hpp"

#include "configs/setting_fields.hpp"
#include "configs/settings_table_clients.hpp"
#include "configs/settings_table_hooks.hpp"
#include "configs/settings_table_listen.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rookery {

namespace {

template <auto Member>
constexpr auto node = field_at<&settings::node, Member>;
template <auto Member>
constexpr auto redis = field_at<&settings::redis, Member>;
template <auto Member>
constexpr auto cluster = field_at<&settings::cluster, Member>;
template <auto Member>
constexpr auto api = field_at<&settings::api, Member>;
template <auto Member>
constexpr auto admin = field_at<&settings::admin, Member>;
template <auto Member>
constexpr auto log = field_at<&settings::log, Member>;

using node_group = settings::node_settings;
using redis_group = settings::redis_settings;
using cluster_group = settings::cluster_settings;
using api_group = settings::api_settings;
using admin_group = settings::admin_settings;
using log_group = settings::log_settings;

constexpr std::array groups{
  setting_group{"node", "The node as a whole."},
  setting_group{"listen", "The listener for clients and publishers."},
  setting_group{"plain", "The plain protocol: /ws, /sse and /pub."},
  setting_group{"centrifuge", "The Centrifuge protocol."},
  setting_group{
    "channel",
    "Options of channels in the default namespace: names without a prefix, and "
    "names whose prefix is no namespace (the Centrifuge protocol refuses "
    "those). The history applies to all protocols, the other options to the "
    "Centrifuge protocol. With keys for tokens the allow options also apply to "
    "/ws and /sse; without keys those follow group plain only."},
  setting_group{namespace_group,
                "Each group namespace.NAME has the options of group channel, "
                "for the channels NAME:REST. An option that is not set there "
                "has its default, whatever group channel sets. NAME is 1 to 64 "
                "letters, digits, - or _. At most 1024 namespaces."},
  setting_group{"redis", "The link to Redis, which joins nodes to a cluster."},
  setting_group{"cluster", "The secret that the nodes of a cluster share."},
  setting_group{"api", "Access to the HTTP API: /api and POST /pub."},
  setting_group{"token", "Keys that sign the clients' tokens (JWT)."},
  setting_group{
    "hooks", "Backends that decide about clients of the Centrifuge protocol, "
             "and one that receives events of clients and channels: URLs as "
             "http://host[:port][/path] that take JSON by POST. Empty: not "
             "used. Further options are in groups channel and namespace.NAME."},
  setting_group{"admin", "The listener for administrators."},
  setting_group{"log", "The log, written to standard error."},
};

constexpr std::array node_table{
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
    .help = "Time that an orderly stop waits until clients have received all "
            "accepted messages. The default leaves room for a supervisor that "
            "kills after 10 s.",
    .max = 10 * minute,
    .unit = "duration",
  },
  setting{
    .key = "node.drain-rate",
    .field = node<&node_group::drain_rate>,
    .help = "Clients that an orderly stop sends away per second, so that they "
            "do not all come back to the other nodes at once. More per second "
            "if they would not all be gone within node.drain-timeout: raise "
            "that for nodes with many clients.",
    .min = 1,
    .max = 1'000'000,
    .unit = "clients/s",
  },
  setting{
    .key = "node.insecure",
    .field = node<&node_group::insecure>,
    .help =
      "Allows the node to listen beyond loopback while clients need no token: "
      "every client that reaches the port may then subscribe and publish.",
  },
  setting{
    .key = "node.output-memory",
    .field = node<&node_group::output_memory>,
    .help = "Bound on the memory of all output queues; a message to many "
            "clients counts once. Beyond it the largest queues are closed "
            "first.",
    .min = mib,
    .max = 1024 * gib,
    .unit = "bytes",
  },
  setting{
    .key = "node.input-memory",
    .field = node<&node_group::input_memory>,
    .help = "Bound on the sum of all unfinished messages and request bodies. "
            "Beyond it the oldest ones are cut, with close code 1008 or status "
            "408.",
    .min = mib,
    .max = 1024 * gib,
    .unit = "bytes",
  },
  setting{
    .key = "node.history-meta-ttl",
    .field = node<&node_group::history_meta_ttl>,
    .help = "Time that the position of a history (offset and epoch) is kept "
            "after its last use: clients that come back later are not "
            "recovered. Not below history-ttl of any namespace. Centrifugo: "
            "history_meta_ttl.",
    .min = second,
    .max = 365 * day,
    .unit = "duration",
  },
  setting{
    .key = "redis.url",
    .field = redis<&redis_group::url>,
    .help = "redis://[[user]:password@]host[:port][/0], user and password "
            "percent-encoded. Empty: no Redis, the node works alone.",
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
    .help = "Prefix of every channel and key in Redis, which separates "
            "clusters on one Redis: letters, digits, - _ . and a colon at the "
            "end, which is added where it is missing. Without a prefix a "
            "cluster sees all channels of its Redis.",
  },
  setting{
    .key = "redis.connect-timeout",
    .field = redis<&redis_group::connect_timeout>,
    .help = "Time for one attempt to connect.",
    .min = 100,
    .max = minute,
    .unit = "duration",
  },
  setting{
    .key = "redis.own-loop",
    .field = redis<&redis_group::own_loop>,
    .help =
      "Gives the Redis bridge a thread of its own, so that reading from Redis "
      "never waits for fan-out. auto: if there are more than two loops.",
    .choices = "auto|on|off",
  },
  setting{
    .key = "redis.reads",
    .field = redis<&redis_group::reads>,
    .help = "Pages of histories and presence that the node reads from Redis at "
            "once; each has up to 2 MiB. Others wait their turn, one of each "
            "channel or client at a time.",
    .min = 1,
    .max = 1000,
  },
  setting{
    .key = "redis.presence-update-interval",
    .field = redis<&redis_group::presence_update_interval>,
    .help = "Interval at which the node confirms in Redis that its clients are "
            "present, by one write for all of them. Centrifugo: "
            "client.presence_update_interval.",
    .min = 5 * second,
    .max = 10 * minute,
    .unit = "duration",
  },
  setting{
    .key = "redis.presence-ttl",
    .field = redis<&redis_group::presence_ttl>,
    .help = "Time after which clients are not present any more if their node "
            "has ended without a word. At least twice "
            "redis.presence-update-interval; the same on all nodes. "
            "Centrifugo: redis.presence_ttl.",
    .min = 10 * second,
    .max = 60 * minute,
    .unit = "duration",
  },
  setting{
    .key = "cluster.secret",
    .field = cluster<&cluster_group::secret>,
    .help = "Key that signs messages between nodes over Redis, the same on all "
            "of them. Empty: api.key is used. If both are empty, the node "
            "knows no other nodes, and administration is limited to itself.",
    .visibility = secrecy::secret,
  },
  setting{
    .key = "cluster.secret-file",
    .field = cluster<&cluster_group::secret_file>,
    .help = "File to read cluster.secret from.",
    .visibility = secrecy::secret_file,
  },
  setting{
    .key = "api.key",
    .field = api<&api_group::key>,
    .help = "Key that requests to /api and POST /pub must contain, visible "
            "ASCII. Empty: /api is closed, and so is POST /pub on a node that "
            "listens beyond loopback.",
    .visibility = secrecy::secret,
  },
  setting{
    .key = "api.key-file",
    .field = api<&api_group::key_file>,
    .help = "File to read api.key from.",
    .visibility = secrecy::secret_file,
  },
  setting{
    .key = "admin.address",
    .field = admin<&admin_group::address>,
    .help = "IPv4 or IPv6 address to listen on. Beyond loopback admin.token "
            "must be set.",
  },
  setting{
    .key = "admin.port",
    .field = admin<&admin_group::port>,
    .help = "TCP port. 0: any free one, written to the log.",
    .max = 65535,
  },
  setting{
    .key = "admin.token",
    .field = admin<&admin_group::token>,
    .help = "Bearer token that requests to this listener must contain, visible "
            "ASCII. Empty: every client that reaches it has full access.",
    .visibility = secrecy::secret,
  },
  setting{
    .key = "admin.token-file",
    .field = admin<&admin_group::token_file>,
    .help = "File to read admin.token from.",
    .visibility = secrecy::secret_file,
  },
  setting{
    .key = "admin.hosts",
    .field = admin<&admin_group::hosts>,
    .help = "Host names, without port, allowed in requests to this listener, "
            "beside localhost and IP addresses. Others are refused, because a "
            "foreign web page could make its own name resolve to this machine.",
  },
  setting{
    .key = "log.level",
    .field = log<&log_group::level>,
    .help = "Lowest severity of lines that are written.",
    .choices = "trace|debug|info|warn|error",
  },
  setting{
    .key = "log.format",
    .field = log<&log_group::format>,
    .help = "Lines for people, or one JSON object per line.",
    .choices = "text|json",
  },
};

template <std::size_t... I, std::size_t... J, std::size_t... K,
          std::size_t... L>
constexpr auto concatenate(std::index_sequence<I...>, std::index_sequence<J...>,
                           std::index_sequence<K...>,
                           std::index_sequence<L...>) {
  return std::array{settings_table_listen::entries[J]..., node_table[I]...,
                    settings_table_clients::entries[K]...,
                    settings_table_hooks::entries[L]...};
}

constexpr auto table = concatenate(
  std::make_index_sequence<node_table.size()>{},
  std::make_index_sequence<settings_table_listen::entries.size()>{},
  std::make_index_sequence<settings_table_clients::entries.size()>{},
  std::make_index_sequence<settings_table_hooks::entries.size()>{});

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
