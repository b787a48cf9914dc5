#include "net/output_store.hpp"

#include <utility>

namespace rookery {

output_store::~output_store() {
  while (spare_)
    delete std::exchange(spare_, spare_->next);
}

output_block* output_store::take() {
  if (!spare_)
    return new output_block;
  --spare_count_;
  auto* result = std::exchange(spare_, spare_->next);
  result->next = nullptr;
  return result;
}

void output_store::give_back(output_block* block) noexcept {
  if (spare_count_ == max_spare) {
    delete block;
    return;
  }
  ++spare_count_;
  block->next = spare_;
  spare_ = block;
}

} // namespace rookery
