#pragma once

#include <random>
#include <string>
#include <string_view>

namespace rookery::test {

/// Makes broken and unusual frames out of good ones, the same for each seed.
class frame_mutator {
public:
  explicit frame_mutator(std::mt19937::result_type seed) : random_{seed} {}

  /// Returns one of the seed frames, with up to seven random changes.
  std::string next();

private:
  void change(std::string& frame);

  /// Returns a number below `bound`, which is not 0.
  std::size_t below(std::size_t bound);

  std::string_view any_seed();

  std::mt19937 random_;
};

} // namespace rookery::test
