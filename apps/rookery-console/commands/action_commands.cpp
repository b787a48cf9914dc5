#include "apps/rookery-console/actor_id.hpp"
#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/commands/consent.hpp"
#include "apps/rookery-console/fields.hpp"

namespace rookery::console {

namespace {

status end_clients(session& now, const arguments& given, const char* path,
                   const json& body, const std::string& question) {
  if (!consents(now, given, question))
    return status::ok;
  return now.show(now.act(path, body), [&](const json& answer) {
    now.out().line("clients: " + text_of(answer, "clients"));
  });
}

status run_kick(session& now, const arguments& given) {
  const auto& word = given.at("CONNECTION");
  const auto actor = actor_id::parse(word);
  if (!actor)
    return now.misused(no_actor_id(word));
  auto body = json::object();
  actor->add_to(body, "connection");
  return end_clients(now, given, "/api/kick", body, "end connection " + word);
}

status run_disconnect_user(session& now, const arguments& given) {
  const auto& user = given.at("USER");
  return end_clients(now, given, "/api/disconnect-user", {{"user", user}},
                     "end all connections of user " + user);
}

status run_unsubscribe(session& now, const arguments& given) {
  const auto& user = given.at("USER");
  const auto& channel = given.at("CHANNEL");
  return end_clients(now, given, "/api/unsubscribe",
                     {{"user", user}, {"channel", channel}},
                     "unsubscribe user " + user + " from " + channel);
}

status run_publish(session& now, const arguments& given) {
  json body{{"channel", given.at("CHANNEL")}};
  const auto text = given.get("TEXT");
  const auto data = given.get("--data");
  if (text.has_value() == data.has_value())
    return now.misused("publish: give either TEXT or --data JSON");
  if (text) {
    body["text"] = *text;
  } else {
    body["data"] = json::parse(*data, nullptr, false);
    if (body["data"].is_discarded())
      return now.misused("publish: --data is no valid JSON");
  }
  return now.show(now.act("/api/publish", body), [&](const json& answer) {
    if (member(answer, "offset").is_null())
      now.out().line("published");
    else
      now.out().line("published, offset " + text_of(answer, "offset")
                     + ", epoch " + text_of(answer, "epoch"));
  });
}

status run_log_level(session& now, const arguments& given) {
  json body{{"level", given.at("LEVEL")}};
  const auto node = given.get("--node");
  if (node)
    body["node"] = *node;
  return now.show(now.act("/api/log-level", body), [&](const json& answer) {
    now.out().line("log level: " + text_of(answer, "level") + " on "
                   + node.value_or("all nodes"));
  });
}

const parameter user{
  .name = "USER", .value = "USER", .help = "Id of the user", .required = true};

const parameter channel{.name = "CHANNEL",
                        .value = "CHANNEL",
                        .help = "Name of the channel",
                        .required = true};

} // namespace

command kick_command() {
  return {.name = "kick",
          .summary = "End one connection",
          .parameters = {{.name = "CONNECTION",
                          .value = "ACTOR",
                          .help = "ID, or ID@NODE as lists show it",
                          .required = true},
                         consent_option},
          .notes = "Examples:\n  kick 91@a:8080",
          .run = run_kick};
}

command disconnect_user_command() {
  return {.name = "disconnect-user",
          .summary = "End all connections of a user, on all nodes",
          .parameters = {user, consent_option},
          .notes = "Examples:\n  disconnect-user ann",
          .run = run_disconnect_user};
}

command unsubscribe_command() {
  return {.name = "unsubscribe",
          .summary = "Take a user out of a channel, on all nodes",
          .parameters = {user, channel, consent_option},
          .notes = "Examples:\n  unsubscribe ann chat",
          .run = run_unsubscribe};
}

command publish_command() {
  return {.name = "publish",
          .summary = "Publish to a channel",
          .parameters = {channel,
                         {.name = "TEXT",
                          .value = "TEXT",
                          .help = "The publication, as text",
                          .rest = true},
                         {.name = "--data",
                          .value = "JSON",
                          .help = "The publication, as JSON"}},
          .notes = "Words of TEXT are joined by single spaces; quotes keep "
                   "others. After --, a\ntext may begin with a dash.\n\n"
                   "Examples:\n  publish chat hello all\n"
                   "  publish chat --data '{\"text\":\"hello\"}'",
          .run = run_publish};
}

command log_level_command() {
  return {
    .name = "log-level",
    .summary = "Set the log level of nodes, until they stop",
    .parameters = {{.name = "LEVEL",
                    .value = "LEVEL",
                    .help = "The level",
                    .choices = {"trace", "debug", "info", "warn", "error"},
                    .required = true},
                   {.name = "--node",
                    .value = "NODE",
                    .help = "Only this node (id or name)"}},
    .notes = "Examples:\n  log-level debug --node a:8080",
    .run = run_log_level};
}

} // namespace rookery::console
