#include "apps/rookery-bench/options.hpp"

#include "apps/rookery-bench/stamp.hpp"

#include <CLI/CLI.hpp>
#include <arpa/inet.h>
#include <map>

namespace rookery::bench {

namespace {

sockaddr_in resolve(const std::string& node) {
  const auto colon = node.rfind(':');
  sockaddr_in address{};
  address.sin_family = AF_INET;
  const auto host = node.substr(0, colon);
  unsigned port = 0;
  if (colon == std::string::npos
      || inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1
      || !CLI::detail::lexical_cast(node.substr(colon + 1), port) || port == 0
      || port > 65535)
    throw CLI::ValidationError(node, "expected ADDRESS:PORT, an IPv4 address");
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

void check(const options& asked) {
  const auto centrifuge = asked.member_protocol == protocol::centrifuge;
  if (asked.channels % asked.channels_per_connection != 0)
    throw CLI::ValidationError(
      "--channels", "must be a multiple of --channels-per-connection");
  if (asked.channels_per_connection > 1
      && (!centrifuge || asked.publish_with() != protocol::centrifuge))
    throw CLI::ValidationError("--channels-per-connection",
                               "more than one needs centrifuge");
  if (asked.missed > 0
      && (!centrifuge || !asked.separate_publishers() || asked.churn > 0
          || asked.publish_with() == protocol::redis || asked.rate <= 0))
    throw CLI::ValidationError("--missed",
                               "needs members of centrifuge, publishers on a "
                               "node, and a rate");
  if (asked.publishers > asked.subscribers && !asked.separate_publishers()
      && asked.churn == 0)
    throw CLI::ValidationError("--publishers",
                               "more than --subscribers needs --publish-node");
  if (asked.publish_with() == protocol::redis && asked.publishers > 0
      && !asked.separate_publishers())
    throw CLI::ValidationError("--publish-node",
                               "Redis publishers need the server's address");
}

} // namespace

std::variant<options, int> options::parse(int argc, char** argv) {
  options result;
  CLI::App app{"Loads nodes with connections and messages, checks every "
               "delivery, and reports what it cost."};
  app.set_help_flag("-h,--help", "Print this and exit");
  const std::map<std::string, protocol> protocols{
    {"plain", protocol::plain},
    {"centrifuge", protocol::centrifuge},
    {"redis", protocol::redis}};
  const auto name_of_protocol =
    CLI::CheckedTransformer(protocols).description("plain|centrifuge|redis");

  app.add_option("--node", result.nodes, "Addresses for members, used in turn")
    ->delimiter(',')
    ->required()
    ->type_name("ADDRESS:PORT");
  app
    .add_option("--publish-node", result.publish_nodes,
                "Address for publishers with connections of their own; "
                "without it the first members of each channel publish")
    ->delimiter(',')
    ->type_name("ADDRESS:PORT");
  app.add_option("--protocol", result.member_protocol, "Protocol of members")
    ->transform(name_of_protocol);
  app
    .add_option("--publish-protocol", result.publisher_protocol,
                "Protocol of publishers; default: as members")
    ->transform(name_of_protocol);
  app.add_option("--path", result.path, "WebSocket path of plain")
    ->capture_default_str();
  app.add_option("--token", result.token, "Token of centrifuge clients");
  app.add_option("--channels", result.channels, "Number of channels")
    ->check(CLI::Range(1, 1'000'000))
    ->capture_default_str();
  app
    .add_option("--channels-per-connection", result.channels_per_connection,
                "Channels that share the connections of their members")
    ->check(CLI::Range(1, 100'000))
    ->capture_default_str();
  app
    .add_option("--channel-prefix", result.channel_prefix,
                "Prefix of channel names")
    ->capture_default_str();
  app.add_option("--subscribers", result.subscribers, "Members per channel")
    ->check(CLI::Range(1, 1'000'000))
    ->capture_default_str();
  app
    .add_option("--publishers", result.publishers,
                "Publishers per channel; 0 leaves the connections idle")
    ->check(CLI::Range(0, 10'000))
    ->capture_default_str();
  auto* rate = app
                 .add_option("--rate", result.rate,
                             "Open loop: publications per second in total; "
                             "latency counts from the intended time")
                 ->check(CLI::Range(0.01, 1e7));
  app
    .add_flag("--shuffled", result.shuffled,
              "Open loop: publishers take their turns in random order")
    ->needs(rate);
  app
    .add_option("--window", result.window,
                "Closed loop: publications per publisher that not every "
                "member has received yet")
    ->check(CLI::Range(1, 65536))
    ->excludes(rate)
    ->capture_default_str();
  app.add_option("--payload", result.payload, "Bytes per publication")
    ->check(CLI::Range(static_cast<int>(stamp::size), 16 << 20))
    ->capture_default_str();
  app.add_option("--warmup", result.warmup, "Seconds before measuring")
    ->check(CLI::Range(0.0, 3600.0))
    ->capture_default_str();
  app.add_option("--duration", result.duration, "Seconds measured")
    ->check(CLI::Range(0.1, 86400.0))
    ->capture_default_str();
  app.add_option("--settle", result.settle, "Seconds of rest after connecting")
    ->check(CLI::Range(0.0, 3600.0))
    ->capture_default_str();
  app.add_option("--connecting", result.connecting, "Handshakes at a time")
    ->check(CLI::Range(1, 1'000'000))
    ->capture_default_str();
  app
    .add_option("--sources", result.sources,
                "Source addresses, 127.0.0.2 and up, for nodes on loopback")
    ->check(CLI::Range(1, 200))
    ->capture_default_str();
  app
    .add_option("--churn", result.churn,
                "Instead of publishing: this many connections come and go, at "
                "most channels x subscribers at a time")
    ->check(CLI::Range(1, 100'000'000));
  app
    .add_option("--missed", result.missed,
                "After the warm-up all members are cut, each publisher "
                "publishes this often, and all come back at once and recover")
    ->check(CLI::Range(1, 100'000));
  app
    .add_option("--redis", result.redis,
                "The Redis behind the server, for its costs in the report")
    ->type_name("ADDRESS:PORT");
  app
    .add_option("--server-pid", result.server_pids,
                "Processes whose CPU, memory and descriptors are measured")
    ->delimiter(',');
  app.add_flag("--json", result.json, "Report as one JSON object");
  app.add_flag("--progress", result.progress,
               "Print progress each second, also without a terminal");
  try {
    app.parse(argc, argv);
    for (const auto& node : result.nodes)
      result.node_addresses.push_back(resolve(node));
    for (const auto& node : result.publish_nodes)
      result.publish_addresses.push_back(resolve(node));
    if (!result.redis.empty())
      result.redis_address = resolve(result.redis);
    check(result);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return result;
}

} // namespace rookery::bench
