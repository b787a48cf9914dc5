#pragma once

#include <chrono>

namespace rookery {

/// The time after which a part of a loop's turn leaves its rest for the next
/// turn, so that the other parts get theirs: its clients' input, its actors,
/// its clients' output. Together they stay well below 20 ms as long as other
/// processes leave the thread its processor.
constexpr std::chrono::milliseconds turn_share{2};

} // namespace rookery
