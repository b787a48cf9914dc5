#pragma once

#include "actors/message/frame.hpp"

#include <cstddef>

namespace rookery {

class publication;

/// An encoding of publications, with a slot of its own in every frame cache.
/// A constant with static storage duration, which its protocol defines.
class wire_format {
public:
  using encoder = frame_ptr (*)(const publication& what);

  /// The number of formats that a program may have.
  static constexpr std::size_t max_formats = 8;

  /// Takes the next slot. Before `main` only; throws std::length_error, which
  /// ends the program, if there is none left.
  explicit wire_format(encoder encode);

  wire_format(const wire_format&) = delete;
  wire_format& operator=(const wire_format&) = delete;

  /// Returns the frame that tells clients of `what`; null if the format cannot
  /// carry its data. Loop thread only.
  frame_ptr encode(const publication& what) const { return encode_(what); }

  std::size_t slot() const noexcept { return slot_; }

private:
  encoder encode_;
  std::size_t slot_;
};

} // namespace rookery
