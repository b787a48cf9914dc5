#pragma once

#include <hiredis/read.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// One reply of Redis, its elements flattened in the order they came, in
/// storage that is kept from reply to reply. Filled by a redisReader that has
/// `functions` and this object as its privdata; everything is checked against
/// the limits before memory is taken. Types of RESP3 are refused: the links
/// never ask for it.
class redis_reply {
public:
  enum class kind : std::uint8_t { text, status, error, integer, nil, array };

  enum class refusal : std::uint8_t { none, type, elements, bytes };

  struct limits {
    /// Elements of one reply, nested ones and the arrays themselves included.
    std::size_t elements = 16;
    /// Arrays inside of arrays.
    std::size_t depth = 1;
    /// Bytes of all texts of one reply.
    std::size_t bytes = 16 * 1024 * 1024;
  };

  explicit redis_reply(limits bounds) : limits_{bounds} {}

  redis_reply(const redis_reply&) = delete;
  redis_reply& operator=(const redis_reply&) = delete;

  /// The functions a redisReader is created with; it fails with
  /// REDIS_ERR_OOM if they refuse.
  static redisReplyObjectFunctions* functions() noexcept;

  /// The reason of the last refusal since `forget`.
  refusal refused() const noexcept { return refused_; }

  /// Empties the reply and gives back storage a large one has left.
  void forget() noexcept;

  /// Number of elements: an array counts as one, before its own.
  std::size_t size() const noexcept { return elements_.size(); }

  kind type(std::size_t index) const noexcept { return elements_[index].type; }

  /// The text of a text, status or error; empty for others.
  std::string_view text(std::size_t index) const noexcept;

  /// The value of an integer, the length of an array.
  long long number(std::size_t index) const noexcept {
    return elements_[index].number;
  }

  /// True for an array of exactly `count` plain elements: they are 1 to
  /// `count`.
  bool is_list_of(std::size_t count) const noexcept;

private:
  struct element {
    kind type;
    std::size_t offset;
    std::size_t length;
    long long number;
  };

  struct builder;

  bool admits(const redisReadTask& task, std::size_t bytes) noexcept;
  void* add(const redisReadTask& task, element what) noexcept;

  limits limits_;
  std::vector<element> elements_;
  std::string texts_;
  /// Elements that arrays have announced and that are still to come.
  std::size_t announced_ = 0;
  refusal refused_ = refusal::none;
};

} // namespace rookery
