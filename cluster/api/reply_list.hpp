#pragma once

#include "cluster/api/api_reply.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The replies to several commands of one request, told together when the last
/// has come: as a list within a result, or one a line. Loop thread only.
class reply_list {
public:
  using done = std::function<void(api_reply)>;

  /// `then` is called once, at once if nothing is expected. `name` is that of
  /// the list in the result.
  static std::shared_ptr<reply_list> make(std::string_view name,
                                          std::size_t expected, done then);

  /// The same for replies that are told one a line.
  static std::shared_ptr<reply_list>
  make_lines(std::size_t expected, std::function<void(std::string)> then);

  /// Notes the reply with that number; a result stands under `member`.
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
