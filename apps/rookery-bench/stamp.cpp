#include "apps/rookery-bench/stamp.hpp"

#include <bit>
#include <cstring>

namespace rookery::bench {

namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint64_t all(std::uint64_t byte) {
  return byte * 0x0101010101010101;
}

// One letter, a to p, per half byte.
void write_half(char* out, std::uint32_t value) {
  std::uint64_t spread = value;
  spread = (spread | spread << 16) & 0x0000ffff0000ffff;
  spread = (spread | spread << 8) & 0x00ff00ff00ff00ff;
  spread = (spread | spread << 4) & all(0x0f);
  spread += all('a');
  std::memcpy(out, &spread, sizeof spread);
}

// Sets `good` to false if a letter is not one of a to p.
std::uint32_t read_half(const char* in, bool& good) {
  std::uint64_t spread;
  std::memcpy(&spread, in, sizeof spread);
  spread -= all('a');
  good = good && (spread & all(0xf0)) == 0;
  spread = (spread | spread >> 4) & 0x00ff00ff00ff00ff;
  spread = (spread | spread >> 8) & 0x0000ffff0000ffff;
  return static_cast<std::uint32_t>(spread | spread >> 16);
}

} // namespace

void stamp::write(std::span<char, size> payload) const {
  write_half(&payload[0], run);
  write_half(&payload[8], publisher);
  write_half(&payload[16], sequence);
  write_half(&payload[24], static_cast<std::uint32_t>(time >> 32));
  write_half(&payload[32], static_cast<std::uint32_t>(time));
}

std::optional<stamp> stamp::read(std::string_view payload) {
  if (payload.size() < size)
    return std::nullopt;
  const char* in = payload.data();
  bool good = true;
  stamp result;
  result.run = read_half(in, good);
  result.publisher = read_half(in + 8, good);
  result.sequence = read_half(in + 16, good);
  const std::uint64_t high = read_half(in + 24, good);
  result.time = high << 32 | read_half(in + 32, good);
  if (!good)
    return std::nullopt;
  return result;
}

} // namespace rookery::bench
