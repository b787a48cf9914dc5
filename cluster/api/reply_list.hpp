#pragma once

#include "cluster/api/api_reply.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The replies to several commands of one request. They are sent together once
/// all have arrived: as a list within a result, or one per line. Loop thread
/// only.
class reply_list {
public:
  using done = std::function<void(api_reply)>;

  /// Calls `then` once; immediately if `expected` is 0. `name` is the member of
  /// the result that contains the list.
  static std::shared_ptr<reply_list> make(std::string_view name,
                                          std::size_t expected, done then);

  /// Makes a list whose replies are sent one per line.
  static std::shared_ptr<reply_list>
  make_lines(std::size_t expected, std::function<void(std::string)> then);

  /// Stores reply number `number`. A result is written as the member `member`.
  void set(std::size_t number, std::string_view member, const api_reply& reply);

private:
  reply_list(std::string_view name, std::size_t expected, done then)
    : name_{name},
      texts_(expected),
      missing_{expected},
      then_{std::move(then)} {}

  void finish();

  std::string name_;
  std::vector<std::string> texts_;
  std::size_t missing_;
  done then_;
};

} // namespace rookery
