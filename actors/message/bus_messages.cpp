#include "actors/message/bus_messages.hpp"

#include <array>

namespace rookery {

namespace {

template <class Enum, std::size_t Size>
std::string_view
name_in(const std::array<std::string_view, Size>& names, Enum value) noexcept {
  return names[static_cast<std::size_t>(value)];
}

constexpr std::array<std::string_view, 9> gap_names{
  "link_lost",         "link_deaf", "overflow",  "unknown_version", "too_large",
  "late_subscription", "trimmed",   "new_epoch", "internal_error"};
static_assert(gap_names.size()
              == static_cast<std::size_t>(gap_reason::internal_error) + 1);

constexpr std::array<std::string_view, 3> verdict_names{"accepted", "refused",
                                                        "unknown"};
static_assert(verdict_names.size()
              == static_cast<std::size_t>(publish_verdict::unknown) + 1);

constexpr std::array<std::string_view, 6> problem_names{
  "none", "bus_down", "overloaded", "rejected", "link_lost", "no_answer"};
static_assert(problem_names.size()
              == static_cast<std::size_t>(publish_problem::no_answer) + 1);

} // namespace

std::string_view to_string(gap_reason reason) noexcept {
  return name_in(gap_names, reason);
}

std::string_view to_string(publish_verdict verdict) noexcept {
  return name_in(verdict_names, verdict);
}

std::string_view to_string(publish_problem problem) noexcept {
  return name_in(problem_names, problem);
}

} // namespace rookery
