#include "apps/rookery-bench/report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace rookery::bench {

namespace {

using nlohmann::json;

double seconds(std::uint64_t nanoseconds) {
  return static_cast<double>(nanoseconds) / 1e9;
}

double per(double amount, std::uint64_t count) {
  return count == 0 ? 0 : amount / static_cast<double>(count);
}

double rate(std::uint64_t count, std::uint64_t time) {
  return per(static_cast<double>(count) * 1e9, time);
}

double microseconds(std::uint64_t nanoseconds) {
  return static_cast<double>(nanoseconds) / 1e3;
}

json latency_of(const histogram& latency) {
  return {{"count", latency.count()},
          {"p50", microseconds(latency.percentile(50))},
          {"p90", microseconds(latency.percentile(90))},
          {"p99", microseconds(latency.percentile(99))},
          {"p99_9", microseconds(latency.percentile(99.9))},
          {"max", microseconds(latency.max())}};
}

json server_of(const options& asked, const findings& found) {
  const auto opened = found.connections.opened;
  const auto& measured = found.measured;
  json result = {
    {"cpu_seconds", seconds(measured.server_cpu)},
    {"cpu_us_per_connection",
     per(microseconds(found.connecting.server_cpu), opened)},
    {"rss_before", found.before.resident},
    {"rss_after", found.after.resident},
    {"descriptors_before", found.before.descriptors},
    {"descriptors_after", found.after.descriptors},
  };
  if (asked.churn == 0)
    result["rss_per_connection"] =
      per(static_cast<double>(found.after.resident)
            - static_cast<double>(found.before.resident),
          opened);
  if (asked.churn == 0 && asked.channels_per_connection > 1)
    result["rss_per_channel"] =
      per(static_cast<double>(found.after.resident)
            - static_cast<double>(found.before.resident),
          asked.channels);
  if (measured.delivered > 0)
    result["cpu_us_per_delivery"] =
      per(microseconds(measured.server_cpu), measured.delivered);
  if (asked.publishers == 0)
    result["idle_cpu_percent_per_1000_connections"] =
      per(100.0 * seconds(measured.server_cpu) / seconds(measured.time) * 1000,
          opened);
  return result;
}

json redis_of(const redis_usage& usage, std::uint64_t published) {
  json commands = json::object();
  for (const auto& [name, total] : usage.commands)
    commands[name] = {
      {"calls", total.calls},
      {"us_per_call",
       per(static_cast<double>(total.microseconds), total.calls)}};
  return {{"cpu_us_per_publication", per(microseconds(usage.cpu), published)},
          {"commands", commands}};
}

// Subtract one script per publication sent while clients come back: the other
// calls are reads.
json recovery_of(const findings& found) {
  const auto& taken = found.recovering;
  json result = {{"clients", found.recovered_clients},
                 {"seconds", seconds(taken.time)},
                 {"published", taken.published},
                 {"delivered", taken.delivered},
                 {"cpu_us_per_client", per(microseconds(taken.server_cpu),
                                           found.recovered_clients)}};
  if (const auto& redis = found.redis_recovering) {
    const auto scripts = redis->commands.find("evalsha");
    const auto calls =
      scripts == redis->commands.end() ? 0 : scripts->second.calls;
    result["commands"] = redis_of(*redis, taken.published)["commands"];
    result["script_calls"] = calls;
    result["reads"] = calls - std::min(calls, taken.published);
  }
  return result;
}

json options_of(const options& asked) {
  json result = {{"nodes", asked.nodes},
                 {"channels", asked.channels},
                 {"channels_per_connection", asked.channels_per_connection},
                 {"subscribers", asked.subscribers},
                 {"publishers", asked.publishers},
                 {"payload", asked.payload},
                 {"warmup", asked.warmup},
                 {"duration", asked.duration},
                 {"connecting", asked.connecting},
                 {"missed", asked.missed},
                 {"churn", asked.churn}};
  if (asked.separate_publishers())
    result["publish_nodes"] = asked.publish_nodes;
  if (asked.rate > 0)
    result["rate"] = asked.rate;
  else
    result["window"] = asked.window;
  return result;
}

// One line per group of figures.
std::string line_of(const std::string& group, const json& figures) {
  std::string line = fmt::format("{:13}", group);
  for (const auto& [name, value] : figures.items()) {
    if (value.is_number_float()) {
      const auto number = value.get<double>();
      line += fmt::format(" {}={:.{}f}", name, number, number >= 1000 ? 0 : 3);
    } else {
      line += fmt::format(" {}={}", name, value.dump());
    }
  }
  return line + '\n';
}

} // namespace

json to_json(const options& asked, const findings& found) {
  const auto& connections = found.connections;
  json result = {
    {"options", options_of(asked)},
    {"connections",
     {{"opened", connections.opened},
      {"failed", connections.failed},
      {"closed", connections.closed},
      {"seconds", seconds(found.connecting.time)},
      {"per_second", rate(connections.opened, found.connecting.time)}}}};
  const auto& measured = found.measured;
  const auto& totals = found.totals;
  if (totals.sent > 0) {
    result["publications"] = {
      {"sent", totals.sent},
      {"per_second", rate(measured.published, measured.time)}};
    result["deliveries"] = {
      {"expected", totals.expected},
      {"received", totals.received},
      {"lost", totals.expected - totals.received},
      {"duplicated", totals.duplicated},
      {"out_of_order", totals.out_of_order},
      {"foreign", totals.foreign},
      {"per_second", rate(measured.delivered, measured.time)}};
    result["latency_us"] = latency_of(found.latency);
  }
  result["client"] = {{"cpu_seconds", seconds(measured.own_cpu)}};
  if (measured.delivered > 0)
    result["client"]["cpu_us_per_delivery"] =
      per(microseconds(measured.own_cpu), measured.delivered);
  if (!asked.server_pids.empty())
    result["server"] = server_of(asked, found);
  if (found.redis)
    result["redis"] = redis_of(*found.redis, measured.published);
  if (asked.missed > 0)
    result["recovery"] = recovery_of(found);
  return result;
}

std::string to_text(const json& report) {
  std::string text;
  for (const auto* group :
       {"connections", "publications", "deliveries", "latency_us", "client",
        "server", "redis", "recovery"})
    if (report.contains(group))
      text += line_of(group, report[group]);
  return text;
}

} // namespace rookery::bench
