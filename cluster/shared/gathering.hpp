#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace rookery {

/// Waits for a number of answers and hands on all of them, in the order of
/// their places. Shared by those who bring one each. One thread at a time.
template <class Answer>
class gathering {
public:
  using then = std::function<void(std::vector<Answer>)>;

  /// Waits for `count` answers; for none it ends right here.
  static std::shared_ptr<gathering> start(std::size_t count, then end) {
    auto result = std::make_shared<gathering>(count, std::move(end));
    if (count == 0)
      result->end_({});
    return result;
  }

  gathering(std::size_t count, then end)
    : answers_(count), missing_{count}, end_{std::move(end)} {}

  /// Once for each place.
  void put(std::size_t place, Answer answer) {
    answers_[place] = std::move(answer);
    if (--missing_ == 0)
      end_(std::move(answers_));
  }

private:
  std::vector<Answer> answers_;
  std::size_t missing_;
  then end_;
};

} // namespace rookery
