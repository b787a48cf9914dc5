#define CAF_SUITE metrics_text

#include "cluster/admin/metrics_text.hpp"
#include "cluster/admin/metrics_writer.hpp"
#include "cluster/admin/process_facts.hpp"
#include "tests/cluster/support/metrics_parser.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

loop_meters sample_loop() {
  loop_meters result;
  result.sockets.bytes_sent = 1000;
  result.sockets.bytes_received = 200;
  result.sockets.slow_closes = 1;
  result.sockets.turns.add(3us);
  result.sockets.turns.add(1h);
  result.actors.connections = {{"plain", 10}, {"sse", 1}, {"centrifuge", 500}};
  result.actors.publications = 7;
  result.actors.deliveries = 70;
  result.actors.errors = 1;
  result.actors.fan_out.add(1500ns);
  result.streams.gaps_found = 3;
  result.streams.gaps_filled = 2;
  result.streams.gaps_unfillable = 1;
  result.counts.channels = 4;
  result.queued_bytes = 55;
  result.kinds["channel"] = {4, 2};
  return result;
}

node_facts sample_node() {
  node_facts result;
  result.version = "0.1.0";
  result.is_ready = true;
  result.other_nodes = 2;
  result.strangers = 1;
  result.process = {41'000'000, 1.79e9};
  result.loops = {sample_loop(), sample_loop()};
  return result;
}

bus_meters redis_bus() {
  bus_meters result;
  result.published = 9;
  result.received = 11;
  result.dropped = 5;
  result.commands.add(100us);
  result.redis = redis_meters{
    .publish_link_up = true,
    .publish_failures = 1,
    .subscribe_failures = 2,
    .wanted = 41,
    .confirmed = 40,
    .refused = 1,
    .unanswered = 6,
    .unanswered_bytes = 700,
    .probe_misses = 3,
    .probe_round_trip = 410us,
    .errors = {{"publish", "NOPERM", 12}},
  };
  return result;
}

bool is_rejected(const std::string& text) {
  try {
    metrics_parser{text};
    return false;
  } catch (const std::runtime_error&) {
    return true;
  }
}

} // namespace

CAF_TEST(the text is in order and has the counts of the node) {
  const metrics_parser found{metrics_text(sample_node())};
  CAF_CHECK_EQUAL(found.value("rookery_connections{protocol=\"plain\"}"), 20);
  CAF_CHECK_EQUAL(found.value("rookery_connections{protocol=\"centrifuge\"}"),
                  1000);
  CAF_CHECK_EQUAL(found.value("rookery_publications_total"), 14);
  CAF_CHECK_EQUAL(found.value("rookery_deliveries_total"), 140);
  CAF_CHECK_EQUAL(found.value("rookery_sent_bytes_total"), 2000);
  CAF_CHECK_EQUAL(found.value("rookery_queued_bytes"), 110);
  CAF_CHECK_EQUAL(found.value("rookery_slow_consumer_closes_total"), 2);
  CAF_CHECK_EQUAL(found.value("rookery_gaps_total{state=\"unfillable\"}"), 2);
  CAF_CHECK_EQUAL(found.value("rookery_actors{kind=\"channel\"}"), 8);
  CAF_CHECK_EQUAL(found.value("rookery_mailbox_messages{kind=\"channel\"}"), 4);
  CAF_CHECK_EQUAL(found.value("rookery_actor_errors_total"), 2);
  CAF_CHECK_EQUAL(found.value("process_resident_memory_bytes"), 41e6);
  CAF_CHECK_EQUAL(found.value("process_start_time_seconds"), 1.79e9);
  CAF_CHECK_EQUAL(found.value("rookery_ready"), 1);
  CAF_CHECK_EQUAL(found.value("rookery_other_nodes"), 2);
  CAF_CHECK_EQUAL(found.value("rookery_strange_nodes"), 1);
  CAF_CHECK_EQUAL(found.value("rookery_channels"), 8);
  CAF_CHECK_EQUAL(
    found.value("rookery_build_info{version=\"0.1.0\",bus=\"local\"}"), 1);
}

CAF_TEST(times are in seconds and buckets count times up to their limit) {
  const metrics_parser found{metrics_text(sample_node())};
  const std::string turns = "rookery_loop_turn_duration_seconds";
  CAF_CHECK_EQUAL(found.value(turns + "_bucket{loop=\"1\",le=\"2e-06\"}"), 0);
  CAF_CHECK_EQUAL(found.value(turns + "_bucket{loop=\"1\",le=\"4e-06\"}"), 1);
  CAF_CHECK_EQUAL(found.value(turns + "_bucket{loop=\"1\",le=\"+Inf\"}"), 2);
  CAF_CHECK_EQUAL(found.value(turns + "_count{loop=\"0\"}"), 2);
  CAF_CHECK(found.value(turns + "_sum{loop=\"0\"}") > 3600);
  CAF_CHECK_EQUAL(found.value("rookery_fan_out_duration_seconds_count"), 2);
  CAF_CHECK_EQUAL(
    found.value("rookery_fan_out_duration_seconds_bucket{le=\"2e-06\"}"), 2);
}

CAF_TEST(without Redis nothing is said of it) {
  const metrics_parser found{metrics_text(sample_node())};
  for (const auto& name : found.families())
    CAF_CHECK(!name.starts_with("rookery_redis_"));
}

CAF_TEST(with Redis its links and its answers are told) {
  auto node = sample_node();
  node.has_redis = true;
  node.buses = {redis_bus()};
  const metrics_parser found{metrics_text(node)};
  CAF_CHECK_EQUAL(found.value("rookery_redis_link_up{link=\"publish\"}"), 1);
  CAF_CHECK_EQUAL(found.value("rookery_redis_link_up{link=\"subscribe\"}"), 0);
  CAF_CHECK_EQUAL(found.value("rookery_redis_probe_round_trip_seconds"),
                  0.00041);
  CAF_CHECK_EQUAL(found.value("rookery_redis_probe_misses_total"), 3);
  CAF_CHECK_EQUAL(found.value("rookery_redis_command_duration_seconds_count"),
                  1);
  CAF_CHECK_EQUAL(found.value("rookery_redis_unanswered_commands"), 6);
  CAF_CHECK_EQUAL(found.value("rookery_redis_unanswered_bytes"), 700);
  const std::string channels = "rookery_redis_subscriptions";
  CAF_CHECK_EQUAL(found.value(channels + "{state=\"wanted\"}"), 41);
  CAF_CHECK_EQUAL(found.value(channels + "{state=\"confirmed\"}"), 40);
  CAF_CHECK_EQUAL(found.value(channels + "{state=\"refused\"}"), 1);
  CAF_CHECK_EQUAL(found.value("rookery_redis_errors_total{link=\"publish\","
                              "error=\"NOPERM\"}"),
                  12);
  const std::string failures = "rookery_redis_link_failures_total";
  CAF_CHECK_EQUAL(found.value(failures + "{link=\"publish\"}"), 1);
  CAF_CHECK_EQUAL(found.value(failures + "{link=\"subscribe\"}"), 2);
  CAF_CHECK_EQUAL(found.value("rookery_bus_published_total"), 9);
  CAF_CHECK_EQUAL(found.value("rookery_bus_dropped_total"), 5);
  CAF_CHECK_EQUAL(
    found.value("rookery_build_info{version=\"0.1.0\",bus=\"redis\"}"), 1);
}

CAF_TEST(a node without anything is told as well) {
  const metrics_parser found{metrics_text({})};
  CAF_CHECK_EQUAL(found.value("rookery_ready"), 0);
  CAF_CHECK(found.has_family("rookery_actors"));
}

CAF_TEST(labels are escaped) {
  metrics_writer out;
  out.family("x", metrics_writer::type::gauge, "y");
  out.sample(1, {{"a", "q\"b\\c\nd"}});
  CAF_CHECK_EQUAL(out.take(), "# HELP x y\n# TYPE x gauge\n"
                              "x{a=\"q\\\"b\\\\c\\nd\"} 1\n");
}

CAF_TEST(the process knows its memory and its age) {
  const auto facts = read_process_facts();
  CAF_CHECK(facts.resident_bytes > 1'000'000);
  const std::chrono::duration<double> now =
    std::chrono::system_clock::now().time_since_epoch();
  CAF_CHECK(facts.start_time > 0);
  // The kernel reports its start time in whole seconds.
  CAF_CHECK(facts.start_time <= now.count() + 1);
  CAF_CHECK(facts.start_time > now.count() - 3600);
}

CAF_TEST(the check of the text rejects faults) {
  const std::string head = "# HELP a b\n# TYPE a ";
  CAF_CHECK(!is_rejected(head + "gauge\na 1\n"));
  CAF_CHECK(is_rejected(head + "gauge\na 1"));
  CAF_CHECK(is_rejected(head + "counter\na 1\n"));
  CAF_CHECK(is_rejected(head + "gauge\na 1\na 1\n"));
  CAF_CHECK(is_rejected(head + "gauge\nb 1\n"));
  CAF_CHECK(is_rejected(head + "gauge\na{x=1} 1\n"));
  CAF_CHECK(is_rejected(head + "gauge\na one\n"));
  CAF_CHECK(is_rejected("# HELP a b\na 1\n"));
  const auto histogram = head + "histogram\na_bucket{le=\"1\"} 2\n";
  CAF_CHECK(
    !is_rejected(histogram + "a_bucket{le=\"+Inf\"} 3\na_sum 5\na_count 3\n"));
  CAF_CHECK(
    is_rejected(histogram + "a_bucket{le=\"+Inf\"} 1\na_sum 5\na_count 1\n"));
  CAF_CHECK(
    is_rejected(histogram + "a_bucket{le=\"+Inf\"} 3\na_sum 5\na_count 2\n"));
  CAF_CHECK(is_rejected(histogram + "a_sum 5\na_count 2\n"));
}
