#pragma once

#include "actors/message/bus_messages.hpp"

#include <chrono>
#include <concepts>
#include <cstddef>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace rookery {

class redis_reply;

/// The outcome of one command.
struct redis_answer {
  publish_verdict verdict = publish_verdict::accepted;
  publish_problem problem = publish_problem::none;
  /// Null if Redis did not reply. Valid during the call.
  const redis_reply* reply = nullptr;
  /// The text of Redis' error, see `redis_error`; empty if there was none.
  /// Valid during the call.
  std::string_view error = {};
  /// Time at which the command was sent.
  std::chrono::steady_clock::time_point since{};
};

/// A function that takes the answer to one command. It stores its captures
/// inside itself, so a command costs no allocation.
class answer_handler {
public:
  /// The maximum size of the captures, in bytes.
  static constexpr std::size_t capacity = 72;

  template <class Function>

  requires(!std::same_as<Function, answer_handler>)
    answer_handler(Function task)
    : actions_{&actions_of<Function>} {
    static_assert(sizeof(Function) <= capacity);
    static_assert(alignof(Function) <= alignof(void*));
    static_assert(std::is_nothrow_move_constructible_v<Function>);
    new (bytes_) Function{std::move(task)};
  }

  answer_handler(answer_handler&& other) noexcept : actions_{other.actions_} {
    actions_->move(other.bytes_, bytes_);
  }

  answer_handler& operator=(answer_handler&& other) noexcept {
    if (this != &other) {
      std::destroy_at(this);
      new (this) answer_handler{std::move(other)};
    }
    return *this;
  }

  ~answer_handler() { actions_->destroy(bytes_); }

  void operator()(const redis_answer& answer) {
    actions_->call(bytes_, answer);
  }

private:
  struct actions {
    void (*call)(void* task, const redis_answer& answer);
    void (*move)(void* from, void* to) noexcept;
    void (*destroy)(void* task) noexcept;
  };

  template <class Function>
  static constexpr actions actions_of{
    [](void* task, const redis_answer& answer) {
      (*static_cast<Function*>(task))(answer);
    },
    [](void* from, void* to) noexcept {
      new (to) Function{std::move(*static_cast<Function*>(from))};
    },
    [](void* task) noexcept { std::destroy_at(static_cast<Function*>(task)); }};

  const actions* actions_;
  alignas(void*) std::byte bytes_[capacity];
};

} // namespace rookery
