#include "cluster/bridge/pending_flushes.hpp"

#include <caf/sec.hpp>

#include <algorithm>
#include <utility>

namespace rookery {

void pending_flushes::add(std::uint64_t mark, promise answer,
                          time_point deadline) {
  items_.push_back({mark, std::move(answer), deadline});
}

void pending_flushes::answered(std::uint64_t mark) {
  note(mark, &item::is_answered);
}

void pending_flushes::returned(std::uint64_t mark) {
  note(mark, &item::is_back);
}

void pending_flushes::note(std::uint64_t mark, bool item::*what) {
  const auto found =
    std::find_if(items_.begin(), items_.end(),
                 [mark](const item& each) { return each.mark == mark; });
  if (found == items_.end())
    return;
  (*found).*what = true;
  if (!found->is_answered || !found->is_back)
    return;
  found->answer.deliver(ok_atom_v);
  items_.erase(found);
}

bool pending_flushes::expire(time_point now) {
  return std::erase_if(items_,
                       [now](item& each) {
                         if (each.deadline > now)
                           return false;
                         each.answer.deliver(
                           caf::make_error(caf::sec::request_timeout));
                         return true;
                       })
         > 0;
}

void pending_flushes::fail_all() {
  for (auto& each : items_)
    each.answer.deliver(caf::make_error(caf::sec::runtime_error, "bus down"));
  items_.clear();
}

} // namespace rookery
