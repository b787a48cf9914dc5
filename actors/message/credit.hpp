#pragma once

#include <caf/actor_control_block.hpp>

#include <cstdint>
#include <utility>

namespace rookery {

/// The lender of credits.
class credit_source {
public:
  /// Takes back a credit of `bytes` bytes that `debtor` was lent. Any thread.
  virtual void give_back(const caf::strong_actor_ptr& debtor,
                         std::uint32_t bytes) noexcept = 0;

protected:
  ~credit_source() = default;
};

/// The credit that a client spends on one command. It travels with everything
/// that the command causes beyond the client's loop, and its destruction, on
/// any thread, gives it back: the command has been carried out then. It keeps
/// the client's actor alive. Copies are empty, and an empty credit belongs to
/// work that no client has caused.
class credit {
public:
  credit() = default;

  /// `from` must outlive the credit.
  credit(credit_source& from, caf::strong_actor_ptr debtor,
         std::uint32_t bytes) noexcept
    : from_{&from}, debtor_{std::move(debtor)}, bytes_{bytes} {}

  credit(const credit&) noexcept : credit{} {}

  credit(credit&& other) noexcept
    : from_{std::exchange(other.from_, nullptr)},
      debtor_{std::move(other.debtor_)},
      bytes_{other.bytes_} {}

  credit& operator=(credit other) noexcept {
    std::swap(from_, other.from_);
    std::swap(debtor_, other.debtor_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }

  ~credit() {
    if (from_)
      from_->give_back(debtor_, bytes_);
  }

  /// Returns true if a client has spent it.
  explicit operator bool() const noexcept { return from_ != nullptr; }

  /// Messages that differ only in their credit are equal.
  friend bool operator==(const credit&, const credit&) noexcept { return true; }

private:
  credit_source* from_ = nullptr;
  caf::strong_actor_ptr debtor_;
  std::uint32_t bytes_ = 0;
};

} // namespace rookery
