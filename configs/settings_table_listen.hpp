#pragma once

#include "configs/setting_fields.hpp"

#include <array>

/// The settings table of the listener for clients and publishers.
namespace rookery::settings_table_listen {

template <auto Member>
inline constexpr auto listen = field_at<&settings::listen, Member>;

using listen_group = settings::listen_settings;

inline constexpr std::array entries{
  setting{
    .key = "listen.address",
    .field = listen<&listen_group::address>,
    .help = "Addresses to listen on, IPv4 or IPv6 literals. Beyond loopback "
            "needs either keys for tokens or node.insecure. POST /pub then "
            "needs api.key. listen.trusted-proxies counts as beyond loopback.",
  },
  setting{
    .key = "listen.port",
    .field = listen<&listen_group::port>,
    .help = "TCP port. 0: any free one, written to the log.",
    .max = 65535,
  },
  setting{
    .key = "listen.max-connections",
    .field = listen<&listen_group::max_connections>,
    .help = "Connections served at once; more are answered with 503. The "
            "default takes about 60 MiB when all of them are idle; each one "
            "also takes a descriptor (ulimit -n).",
    .min = 1,
    .max = 10'000'000,
    .unit = "connections",
  },
  setting{
    .key = "listen.max-message",
    .field = listen<&listen_group::max_message>,
    .help = "Largest message a client may send, after inflating. The maximum "
            "stays below the 16 MiB at which a node drops its Redis link.",
    .min = 1,
    .max = 15 * mib,
    .unit = "bytes",
  },
  setting{
    .key = "listen.handshake-timeout",
    .field = listen<&listen_group::handshake_timeout>,
    .help = "Time in which a client must send its request.",
    .min = 100,
    .max = minute,
    .unit = "duration",
  },
  setting{
    .key = "listen.keep-alive",
    .field = listen<&listen_group::keep_alive>,
    .help = "Time that an HTTP connection may stay idle. The default is above "
            "the 60 s after which proxies give up idle connections, so that "
            "they close them first.",
    .min = second,
    .max = 60 * minute,
    .unit = "duration",
  },
  setting{
    .key = "listen.output-queue",
    .field = listen<&listen_group::output_queue>,
    .help = "Bytes that may wait for one connection. It is closed as a slow "
            "consumer when this much is queued and the client takes nothing "
            "for a second, or at four times as much. Beyond half of it, "
            "publications with a history wait there.",
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
    .help = "Interval of pings to a silent client. The default is below the 30 "
            "s after which common proxies give up.",
    .min = 100,
    .max = 60 * minute,
    .unit = "duration",
  },
  setting{
    .key = "listen.pong-timeout",
    .field = listen<&listen_group::pong_timeout>,
    .help = "Time after a ping in which a client must send something, or it is "
            "closed.",
    .min = 100,
    .max = 10 * minute,
    .unit = "duration",
  },
  setting{
    .key = "listen.allowed-origins",
    .field = listen<&listen_group::allowed_origins>,
    .help =
      "Origins whose web pages may connect, such as "
      "\"https://example.org\"; \"*\" admits all. Empty: no check, except "
      "that hooks which get Cookie or Authorization fields "
      "(hooks.headers) serve pages of the node's own origin only. "
      "Requests without an Origin do not come from a page and pass.",
  },
  setting{
    .key = "listen.trusted-proxies",
    .field = listen<&listen_group::trusted_proxies>,
    .help = "Addresses or ranges (\"10.0.0.0/8\") of proxies in front of the "
            "node. The client's address is taken from their X-Forwarded-For or "
            "Forwarded fields; those of other peers are ignored. Two fields "
            "that disagree count as none.",
  },
  setting{
    .key = "listen.proxy-protocol",
    .field = listen<&listen_group::proxy_protocol>,
    .help = "Trusted proxies begin every connection with a header of the PROXY "
            "protocol, version 1 or 2; one without it is closed.",
  },
  setting{
    .key = "listen.connections-per-address",
    .field = listen<&listen_group::connections_per_address>,
    .help = "Connections of one client address at once, an IPv6 address by its "
            "first 64 bits; more are answered with 429. 0: no limit. The "
            "default is above the number of ports that a proxy usually has for "
            "one node.",
    .max = 10'000'000,
    .unit = "connections",
  },
  setting{
    .key = "listen.connections-per-user",
    .field = listen<&listen_group::connections_per_user>,
    .help = "Connections of one user to this node at once. 0: no limit. "
            "Anonymous clients are not counted.",
    .max = 10'000'000,
    .unit = "connections",
  },
  setting{
    .key = "listen.handshakes-per-address",
    .field = listen<&listen_group::handshakes_per_address>,
    .help = "New connections of one client address per second, on average over "
            "10 s; more are answered with 429. 0: no limit.",
    .max = 1'000'000,
    .unit = "connections",
  },
  setting{
    .key = "listen.bad-tokens-per-address",
    .field = listen<&listen_group::bad_tokens_per_address>,
    .help = "Invalid tokens of one client address per second, on average over "
            "10 s. Beyond it the address is refused until the average has "
            "fallen. Expired tokens are not counted. 0: no limit.",
    .max = 1'000'000,
    .unit = "tokens",
  },
  setting{
    .key = "listen.commands-per-connection",
    .field = listen<&listen_group::commands_per_connection>,
    .help = "Messages of a plain client, or commands of a Centrifuge client, "
            "per second, on average over 10 s. A client that sends more is "
            "read more slowly. 0: no limit.",
    .max = 10'000'000,
    .unit = "commands",
  },
  setting{
    .key = "listen.bytes-per-connection",
    .field = listen<&listen_group::bytes_per_connection>,
    .help = "Bytes that the node reads from one WebSocket per second, on "
            "average over 10 s; a frame counts as 1 KiB at least. A client "
            "that sends more is read more slowly. "
            "0: no limit.",
    .max = gib,
    .unit = "bytes",
  },
  setting{
    .key = "listen.new-channels-per-connection",
    .field = listen<&listen_group::new_channels_per_connection>,
    .help = "Channels that one Centrifuge client may begin per second, on "
            "average over 10 s, but always centrifuge.channels-per-client at "
            "once: subscriptions to channels without other subscribers, and "
            "histories to which nobody has published. More fail with error "
            "111, after which SDKs try again. 0: no limit.",
    .max = 1'000'000,
    .unit = "channels",
  },
  setting{
    .key = "listen.new-channels",
    .field = listen<&listen_group::new_channels>,
    .help = "The same for all clients of the node together, /ws and /sse "
            "included, where more are answered with 429. The default lets all "
            "clients of a full node come back at once, each with a channel of "
            "its own. 0: no limit.",
    .max = 10'000'000,
    .unit = "channels",
  },
};

} // namespace rookery::settings_table_listen
