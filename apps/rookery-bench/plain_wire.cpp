#include "apps/rookery-bench/websocket_wire.hpp"

namespace rookery::bench {

namespace {

std::string target_of(const wire_options& options) {
  static constexpr std::string_view placeholder = "{channel}";
  std::string target = options.path;
  if (const auto at = target.find(placeholder); at != std::string::npos)
    target.replace(at, placeholder.size(), options.channel(0));
  return target;
}

/// The plain protocol: WebSocket text messages that are the publications
/// themselves, in both directions.
class plain_wire final : public websocket_wire {
public:
  explicit plain_wire(const wire_options& options)
    : websocket_wire{target_of(options)} {}

  void publish(std::uint32_t, std::string_view payload,
               std::string& out) override {
    append_text(payload, out);
  }

private:
  void opened(std::string&, sink& to) override { to.ready(); }

  void message(std::string_view payload, std::string&, sink& to) override {
    to.publication(0, payload);
  }
};

} // namespace

std::unique_ptr<wire> make_plain_wire(const wire_options& options) {
  return std::make_unique<plain_wire>(options);
}

} // namespace rookery::bench
