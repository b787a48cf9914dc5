#include "actors/channel/channel_ledger.hpp"

#include <array>
#include <string>

namespace rookery {

namespace {

constexpr std::array<std::string_view, 5> mark_names{"joined", "left",
                                                     "dropped", "gap", "lost"};
static_assert(mark_names.size()
              == static_cast<std::size_t>(mark_kind::lost) + 1);

std::uint32_t seconds_of(moment at) noexcept {
  return static_cast<std::uint32_t>(
    std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
}

moment moment_of(std::int64_t milliseconds) noexcept {
  return moment{std::chrono::milliseconds{milliseconds}};
}

} // namespace

std::string_view to_string(mark_kind what) noexcept {
  return mark_names[static_cast<std::size_t>(what)];
}

channel_ledger::~channel_ledger() {
  publications_.release(memory_);
  marks_.release(memory_);
}

void channel_ledger::note(const handled_publication& what) {
  kept_publication kept{};
  kept.offset = what.offset;
  kept.at = what.at.time_since_epoch().count();
  kept.is_repaired = what.is_repaired ? -1 : 0;
  kept.number = static_cast<std::uint32_t>(what.number);
  kept.bytes = what.bytes;
  kept.members = what.members;
  kept.dropped = what.dropped;
  publications_.push(kept, memory_);
  count(what.at);
}

void channel_ledger::count(moment at) noexcept {
  if (const auto second = seconds_of(at); second != second_) {
    last_count_ = second == second_ + 1 ? count_ : 0;
    count_ = 0;
    second_ = second;
  }
  ++count_;
}

void channel_ledger::mark(std::uint64_t number, moment at, mark_kind what,
                          std::uint64_t connection, std::string_view detail) {
  marks_.push({at.time_since_epoch().count(), connection, detail.data(),
               static_cast<std::uint32_t>(number), what,
               static_cast<std::uint8_t>(detail.size())},
              memory_);
}

std::uint64_t channel_ledger::number_before(std::uint64_t offset,
                                            std::uint64_t last) const {
  for (std::size_t i = 0; i < publications_.size(); ++i)
    if (publications_[i].offset >= offset)
      return whole_number(publications_[i].number, last) - 1;
  return last;
}

std::uint32_t channel_ledger::per_second(moment now) const noexcept {
  const auto second = seconds_of(now);
  if (second == second_)
    return last_count_;
  return second == second_ + 1 ? count_ : 0;
}

void channel_ledger::copy_to(ledger_page& out, std::uint64_t last) const {
  for (std::size_t i = 0; i < publications_.size(); ++i) {
    const auto& kept = publications_[i];
    out.publications.push_back(
      {whole_number(kept.number, last), kept.offset, moment_of(kept.at),
       kept.bytes, kept.is_repaired != 0, kept.members, kept.dropped});
  }
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    const auto& kept = marks_[i];
    out.marks.push_back({whole_number(kept.number, last), moment_of(kept.at),
                         kept.what, kept.connection,
                         std::string{kept.detail, kept.detail_size}});
  }
}

} // namespace rookery
