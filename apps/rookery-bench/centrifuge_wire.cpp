#include "actors/text/json_writer.hpp"
#include "apps/rookery-bench/websocket_wire.hpp"

#include <charconv>
#include <optional>
#include <vector>

namespace rookery::bench {

namespace {

/// The text after `key`; nullopt if `key` is missing.
std::optional<std::string_view> behind(std::string_view text,
                                       std::string_view key) {
  const auto at = text.find(key);
  if (at == std::string_view::npos)
    return std::nullopt;
  return text.substr(at + key.size());
}

/// The JSON string after `key`, which includes the opening quote. The bench
/// writes no escapes there.
std::string_view text_of(std::string_view text, std::string_view key) {
  const auto value = behind(text, key);
  return value ? value->substr(0, value->find('"')) : std::string_view{};
}

std::uint64_t number_of(std::string_view text, std::string_view key) {
  std::uint64_t result = 0;
  if (const auto value = behind(text, key))
    std::from_chars(value->data(), value->data() + value->size(), result);
  return result;
}

// The bound on a frame's payload, below the limit of the servers.
constexpr std::size_t frame_limit = 32 * 1024;

/// The Centrifuge protocol in JSON, read by searching for the few members that
/// a load test needs. Names and payloads are the bench's own and contain no
/// character that JSON escapes.
class centrifuge_wire final : public websocket_wire {
public:
  explicit centrifuge_wire(const wire_options& options)
    : websocket_wire{"/connection/websocket"},
      options_{options},
      places_(options.channels) {}

  void publish(std::uint32_t channel, std::string_view payload,
               std::string& out) override {
    std::string text;
    json_object_writer command{text};
    command.count("id", ++last_id_);
    json_object_writer publish{command.key("publish")};
    publish.string("channel", options_.channel(channel));
    publish.string("data", payload);
    publish.end();
    command.end();
    append_text(text, out);
  }

private:
  struct place {
    std::string epoch; // empty: never subscribed
    std::uint64_t offset = 0;
    bool is_in = false;
  };

  void opened(std::string& out, sink&) override {
    waiting_ = options_.channels;
    last_id_ = 1;
    std::string batch;
    json_object_writer command{batch};
    command.count("id", last_id_);
    json_object_writer connect{command.key("connect")};
    connect.text("token", options_.token);
    connect.end();
    command.end();
    for (std::uint32_t i = 0; i < options_.channels; ++i) {
      batch += '\n' + subscription(i);
      if (batch.size() < frame_limit)
        continue;
      append_text(batch, out);
      batch.clear();
    }
    if (!batch.empty())
      append_text(batch[0] == '\n' ? batch.substr(1) : batch, out);
  }

  // The command's id tells the channel: one more than its number, and one for
  // the connect command.
  std::string subscription(std::uint32_t channel) {
    auto& place = places_[channel];
    place.is_in = false;
    std::string text;
    json_object_writer command{text};
    command.count("id", ++last_id_);
    json_object_writer subscribe{command.key("subscribe")};
    subscribe.string("channel", options_.channel(channel));
    subscribe.flag("recoverable", options_.recovers);
    subscribe.flag("recover", !place.epoch.empty());
    subscribe.text("epoch", place.epoch);
    subscribe.number("offset", place.offset);
    subscribe.end();
    command.end();
    return text;
  }

  void message(std::string_view frame, std::string& out, sink& to) override {
    while (!frame.empty() && problem().empty()) {
      const auto end = frame.find('\n');
      const auto line = frame.substr(0, end);
      frame.remove_prefix(end == std::string_view::npos ? frame.size()
                                                        : end + 1);
      if (line == "{}")
        append_text("{}", out);
      else if (line.starts_with(R"({"push":)"))
        take_push(line, to);
      else
        take_reply(line, to);
    }
  }

  void take_push(std::string_view line, sink& to) {
    const auto channel = number_in(text_of(line, R"("channel":")"));
    const auto publication = behind(line, R"("pub":)");
    if (!channel || !publication)
      fail("unexpected push: " + std::string{line.substr(0, 120)});
    else if (!places_[*channel].is_in)
      fail("a publication came before the subscription stood");
    else
      take_publication(*channel, *publication, to);
  }

  void take_reply(std::string_view line, sink& to) {
    const auto id = number_of(line, R"({"id":)");
    if (id == 0 || line.find(R"("error":{)") != std::string_view::npos)
      fail("command failed: " + std::string{line.substr(0, 120)});
    else if (const auto result = behind(line, R"("subscribe":)"))
      take_subscription(id, *result, to);
  }

  void take_subscription(std::uint64_t id, std::string_view result, sink& to) {
    if (id < 2 || id - 2 >= places_.size() || places_[id - 2].is_in)
      return void(fail("a subscription was answered twice"));
    const auto channel = static_cast<std::uint32_t>(id - 2);
    auto& place = places_[channel];
    place.is_in = true;
    if (!place.epoch.empty()) {
      if (result.find(R"("recovered":true)") == std::string_view::npos)
        return void(fail("a subscription was not recovered"));
      take_missed(channel, result, to);
    } else if (options_.recovers) {
      place.epoch = text_of(result, R"("epoch":")");
      place.offset = number_of(result, R"("offset":)");
      if (place.epoch.empty())
        return void(fail("a subscription has no position"));
    }
    if (--waiting_ == 0)
      to.ready();
  }

  void take_missed(std::uint32_t channel, std::string_view result, sink& to) {
    auto rest = behind(result, R"("publications":[)");
    static constexpr std::string_view next = "{\"data\":";
    while (rest && rest->starts_with(next)) {
      const auto end = rest->find(next, next.size());
      take_publication(channel, rest->substr(0, end), to);
      rest =
        end == std::string_view::npos ? std::string_view{} : rest->substr(end);
    }
  }

  // Parse from the opening brace; the text after it must have no offset of its
  // own.
  void take_publication(std::uint32_t channel, std::string_view text,
                        sink& to) {
    const auto data = behind(text, R"({"data":")");
    if (!data)
      return; // from another publisher
    const auto end = data->find('"');
    if (end == std::string_view::npos)
      return void(fail("broken publication"));
    if (auto& place = places_[channel]; options_.recovers) {
      const auto offset = number_of(data->substr(end), R"("offset":)");
      if (offset > place.offset + 1)
        return void(fail("an offset is missing"));
      if (offset == place.offset + 1)
        place.offset = offset;
    }
    to.publication(channel, data->substr(0, end));
  }

  std::optional<std::uint32_t> number_in(std::string_view name) const {
    if (!name.starts_with(options_.channel_prefix))
      return std::nullopt;
    name.remove_prefix(options_.channel_prefix.size());
    std::uint32_t number = 0;
    const auto end = name.data() + name.size();
    const auto [at, error] = std::from_chars(name.data(), end, number);
    if (error != std::errc{} || at != end || number < options_.first_channel
        || number - options_.first_channel >= options_.channels)
      return std::nullopt;
    return number - options_.first_channel;
  }

  wire_options options_;
  std::vector<place> places_;
  std::uint32_t waiting_ = 0;
  std::uint32_t last_id_ = 0;
};

} // namespace

std::unique_ptr<wire> make_centrifuge_wire(const wire_options& options) {
  return std::make_unique<centrifuge_wire>(options);
}

} // namespace rookery::bench
