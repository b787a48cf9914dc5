#include "actors/message/publish_verdict.hpp"

#include <array>
#include <cstddef>

namespace rookery {

namespace {

constexpr std::array<std::string_view, 3> verdict_names{"accepted", "refused",
                                                        "unknown"};
static_assert(verdict_names.size()
              == static_cast<std::size_t>(publish_verdict::unknown) + 1);

constexpr std::array<std::string_view, 6> problem_names{
  "none", "bus_down", "overloaded", "rejected", "link_lost", "no_answer"};
static_assert(problem_names.size()
              == static_cast<std::size_t>(publish_problem::no_answer) + 1);

} // namespace

std::string_view to_string(publish_verdict verdict) noexcept {
  return verdict_names[static_cast<std::size_t>(verdict)];
}

std::string_view to_string(publish_problem problem) noexcept {
  return problem_names[static_cast<std::size_t>(problem)];
}

} // namespace rookery
