#include "actors/message/control.hpp"

#include <type_traits>
#include <utility>

namespace rookery {

namespace {

void add(clients_reached& to, clients_reached&& other) {
  to.clients += other.clients;
}

void add(node_counts& to, node_counts&& other) {
  to += other;
}

// Only one part of a node answers, so there is nothing to add.
void add(admin_reply&, admin_reply&&) {}

/// Returns the last name up to which both pages are complete; null if both are
/// complete to the end.
const std::string* end_of(const channels_page& one, const channels_page& two) {
  const std::string* result = nullptr;
  for (const auto* page : {&one, &two})
    if (page->is_cut && !page->channels.empty()
        && (!result || page->channels.back().name < *result))
      result = &page->channels.back().name;
  return result;
}

/// Merges two pages sorted by name into one sorted page.
void add(channels_page& to, channels_page&& other) {
  channels_page sum;
  sum.is_cut = to.is_cut || other.is_cut;
  std::string end;
  if (const auto* found = end_of(to, other))
    end = *found;
  const auto take = [&](listed_channel& next) {
    if (!end.empty() && next.name > end)
      return;
    if (!sum.channels.empty() && sum.channels.back().name == next.name)
      sum.channels.back().subscribers += next.subscribers;
    else
      sum.channels.push_back(std::move(next));
  };
  auto mine = to.channels.begin();
  for (auto& each : other.channels) {
    for (; mine != to.channels.end() && mine->name <= each.name; ++mine)
      take(*mine);
    take(each);
  }
  for (; mine != to.channels.end(); ++mine)
    take(*mine);
  to = std::move(sum);
}

} // namespace

void merge(control_result& into, control_result&& other) {
  std::visit(
    [&other](auto& to) {
      using part = std::decay_t<decltype(to)>;
      if (auto* same = std::get_if<part>(&other))
        add(to, std::move(*same));
    },
    into);
}

} // namespace rookery
