#include "apps/rookery-console/commands/consent.hpp"

namespace rookery::console {

bool consents(session& now, const arguments& given,
              const std::string& question) {
  if (given.has("--yes") || !now.hooks().confirm)
    return true;
  if (now.hooks().confirm(question + "? (y/N) "))
    return true;
  now.out().line({"nothing done", look::dim});
  return false;
}

} // namespace rookery::console
