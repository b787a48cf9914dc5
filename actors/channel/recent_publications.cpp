#include "actors/channel/recent_publications.hpp"

namespace rookery {

void recent_budget::use(recent_publications& memory) {
  memory.unlink();
  by_use_.push_back(memory);
}

void recent_budget::shrink() {
  while (bytes_ > limit_) {
    auto& first = by_use_.front();
    bytes_ -= first.run_.drop_oldest();
    if (first.run_.empty())
      first.unlink();
  }
}

void recent_publications::append(const publication_ptr& next) {
  if (!run_.takes(*next))
    clear();
  run_.append(next);
  budget_.bytes_ += next->cost();
  budget_.use(*this);
  budget_.shrink();
}

std::optional<std::span<const publication_ptr>>
recent_publications::since(std::uint64_t offset) {
  if (run_.empty())
    return std::nullopt;
  const auto first = run_.all().front()->offset();
  const auto last = run_.all().back()->offset();
  if (offset > last || first - 1 > offset)
    return std::nullopt;
  budget_.use(*this);
  return run_.after(offset);
}

void recent_publications::clear() {
  budget_.bytes_ -= run_.bytes();
  run_.clear();
  unlink();
}

} // namespace rookery
