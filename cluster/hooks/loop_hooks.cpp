#include "cluster/hooks/loop_hooks.hpp"

#include "configs/http_url.hpp"
#include "net/io_loop.hpp"

#include <utility>

namespace rookery {

namespace {

/// The URL of each kind of hook.
std::array<std::string, hook_count>
urls_of(const settings::hook_settings& given) {
  return {given.connect, given.refresh, given.subscribe, given.publish,
          given.rpc};
}

} // namespace

loop_hooks::loop_hooks(io_loop& loop, const settings::hook_settings& given)
  : hooks_{connect(loop, given), loop.index()} {}

http_hooks::backends loop_hooks::connect(io_loop& loop,
                                         const settings::hook_settings& given) {
  http_hooks::backends result{};
  const auto urls = urls_of(given);
  const http_client_limits limits{given.timeout, given.concurrency,
                                  given.queue};
  for (std::size_t i = 0; i < hook_count; ++i) {
    if (urls[i].empty())
      continue;
    auto url = std::get<http_url>(parse_http_url(urls[i]));
    clients_.push_back(
      std::make_unique<http_client>(loop, std::move(url), limits));
    result[i] = clients_.back().get();
  }
  return result;
}

void loop_hooks::stop() {
  for (const auto& each : clients_)
    each->stop();
}

} // namespace rookery
