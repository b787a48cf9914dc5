#include "actors/channel/wire_format.hpp"

#include <stdexcept>

namespace rookery {

namespace {

std::size_t take_slot() {
  static std::size_t taken = 0; // set before any constructor runs
  if (taken == wire_format::max_formats)
    throw std::length_error{"more wire formats than a frame cache has slots"};
  return taken++;
}

} // namespace

wire_format::wire_format(encoder encode)
  : encode_{encode}, slot_{take_slot()} {}

} // namespace rookery
