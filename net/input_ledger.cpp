#include "net/input_ledger.hpp"

#include "net/client_socket.hpp"

#include <utility>

namespace rookery {

void unfinished_input::release() noexcept {
  if (!ledger_)
    return;
  ledger_->bytes_ -= std::exchange(bytes_, 0);
  ledger_ = nullptr;
  unlink();
}

void input_ledger::hold(unfinished_input& which, client_socket& owner,
                        std::size_t bytes) {
  if (!which.ledger_) {
    held_.push_back(which);
    which.ledger_ = this;
  }
  which.owner_ = &owner;
  bytes_ -= which.bytes_;
  which.bytes_ = bytes + overhead;
  bytes_ += which.bytes_;
}

std::size_t input_ledger::cut(std::size_t excess) {
  std::size_t result = 0;
  for (std::size_t freed = 0; freed < excess && !held_.empty(); ++result) {
    auto& oldest = held_.front();
    const client_ptr owner{oldest.owner_};
    freed += oldest.bytes_;
    oldest.release();
    owner->cut_input();
  }
  return result;
}

} // namespace rookery
