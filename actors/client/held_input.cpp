#include "actors/client/held_input.hpp"

#include "actors/client/client_connection.hpp"

#include <cstring>

namespace rookery {

void held_input::add(const client_input& message) {
  const header next{static_cast<std::uint32_t>(message.payload.size()),
                    message.commands, message.kind};
  bytes_.append(reinterpret_cast<const char*>(&next), sizeof next);
  bytes_.append(message.payload);
  sum_ += sizeof next + message.payload.size();
}

client_input held_input::front() const noexcept {
  const auto [size, commands, kind] = first();
  return {std::string_view{bytes_}.substr(begin_ + sizeof(header), size), kind,
          commands};
}

void held_input::trim(const client_input& rest) noexcept {
  const auto [size, commands, kind] = first();
  const header shorter{static_cast<std::uint32_t>(rest.payload.size()),
                       rest.commands, kind};
  begin_ += size - shorter.size;
  std::memcpy(bytes_.data() + begin_, &shorter, sizeof shorter);
}

void held_input::pop() noexcept {
  begin_ += sizeof(header) + first().size;
}

void held_input::go_on() noexcept {
  owner_.go_on();
}

held_input::header held_input::first() const noexcept {
  header result;
  std::memcpy(&result, bytes_.data() + begin_, sizeof result);
  return result;
}

} // namespace rookery
