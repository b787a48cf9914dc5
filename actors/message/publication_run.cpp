#include "actors/message/publication_run.hpp"

#include <cassert>
#include <utility>

namespace rookery {

std::size_t publication_run::count_up_to(std::uint64_t offset) const noexcept {
  if (empty())
    return 0;
  const auto first = items_[head_]->offset();
  if (offset < first)
    return 0;
  const auto count = offset - first;
  return count < size() ? static_cast<std::size_t>(count) + 1 : size();
}

std::span<const publication_ptr>
publication_run::after(std::uint64_t offset) const noexcept {
  return all().subspan(count_up_to(offset));
}

std::span<const publication_ptr>
publication_run::before(std::uint64_t offset) const noexcept {
  return all().first(offset == 0 ? 0 : count_up_to(offset - 1));
}

const publication* publication_run::find(std::uint64_t offset) const noexcept {
  const auto rest = all().subspan(before(offset).size());
  if (rest.empty() || rest.front()->offset() != offset)
    return nullptr;
  return rest.front().get();
}

bool publication_run::takes(const publication& next) const noexcept {
  return empty() || next.offset() == items_.back()->offset() + 1;
}

void publication_run::append(publication_ptr next) {
  assert(takes(*next));
  const auto cost = next->cost();
  items_.push_back(std::move(next));
  bytes_ += cost;
}

std::size_t publication_run::drop_oldest() noexcept {
  const auto cost = items_[head_]->cost();
  bytes_ -= cost;
  items_[head_++].reset();
  if (empty()) {
    clear();
  } else if (head_ * 2 >= items_.size()) {
    items_.erase(items_.begin(),
                 items_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
  }
  return cost;
}

void publication_run::clear() noexcept {
  items_ = {};
  head_ = 0;
  bytes_ = 0;
}

} // namespace rookery
