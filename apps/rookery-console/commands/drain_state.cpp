#include "apps/rookery-console/commands/drain_state.hpp"

#include "apps/rookery-console/fields.hpp"

#include <fmt/format.h>

namespace rookery::console {

std::string drain_progress(const json& drain) {
  const auto state = text_of(drain, "state");
  const auto closed = number_of(drain, "closed");
  const auto whole = closed + number_of(drain, "left");
  if (state == "done")
    return fmt::format("done, {} clients", closed);
  if (state == "paused")
    return fmt::format("paused at {} of {}", closed, whole);
  return fmt::format("{} of {}, {}/s", closed, whole, text_of(drain, "rate"));
}

} // namespace rookery::console
