#pragma once

#include <hiredis/read.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// One reply of Redis. Its elements are flattened in the order of their
/// arrival, in storage that is reused for the next reply. It is filled by a
/// redisReader that has `functions` and this object as its privdata. All limits
/// are checked before memory is allocated. Types of RESP3 are refused, as the
/// links never ask for it.
class redis_reply {
public:
  enum class kind : std::uint8_t { text, status, error, integer, nil, array };

  enum class refusal : std::uint8_t { none, type, elements, bytes };

  struct limits {
    /// Maximum elements of one reply, including nested ones and the arrays
    /// themselves.
    std::size_t elements = 16;
    /// Maximum nesting of arrays inside arrays.
    std::size_t depth = 1;
    /// Maximum bytes of all texts of one reply.
    std::size_t bytes = 16 * 1024 * 1024;
  };

  explicit redis_reply(limits bounds) : limits_{bounds} {}

  redis_reply(const redis_reply&) = delete;
  redis_reply& operator=(const redis_reply&) = delete;

  /// The functions for creating a redisReader. It fails with REDIS_ERR_OOM if
  /// they refuse an element.
  static redisReplyObjectFunctions* functions() noexcept;

  /// The reason of the last refusal since `forget`.
  refusal refused() const noexcept { return refused_; }

  /// Clears the reply and frees storage that a large one needed.
  void forget() noexcept;

  /// Number of elements. An array counts as one element, followed by its own.
  std::size_t size() const noexcept { return elements_.size(); }

  kind type(std::size_t index) const noexcept { return elements_[index].type; }

  /// The text of a text, status or error; empty for other types.
  std::string_view text(std::size_t index) const noexcept;

  /// The value of an integer, or the length of an array.
  long long number(std::size_t index) const noexcept {
    return elements_[index].number;
  }

  /// Returns true for an array of exactly `count` plain elements, which have
  /// the indexes 1 to `count`.
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
  /// Number of elements that arrays have announced and that have not arrived
  /// yet.
  std::size_t announced_ = 0;
  refusal refused_ = refusal::none;
};

} // namespace rookery
