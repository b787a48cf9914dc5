#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The properties of a publication besides its data: a list of fields, each a
/// tag (8 bits), a length (16 bits, big-endian) and that many bytes, in the
/// format of an envelope. Unknown tags are skipped.
namespace rookery {

/// The tags of fields, as sent between nodes.
enum class field_tag : std::uint8_t {
  offset = 1,    ///< place in the channel's history, 64 bits big-endian
  epoch = 2,     ///< of the history that the offset counts in
  id = 3,        ///< random, per publish: distinguishes two with one offset
  user = 4,      ///< of its publisher, or of the joining or leaving client
  client = 5,    ///< that user's connection
  conn_info = 6, ///< raw JSON, of the connection
  chan_info = 7, ///< raw JSON, of the subscription
  tags = 8,      ///< raw JSON, an object of strings
  event = 9,     ///< one byte, `publication_event`; a message without it
};

/// The event that a publication reports.
enum class publication_event : std::uint8_t {
  message,
  join,
  leave,
  cleared ///< the history's publications were removed; for channels only
};

/// The maximum bytes of one field.
inline constexpr std::size_t longest_field = 0xffff;

/// The place of a publication in its channel's history: offsets count from 1
/// within an epoch. Without an epoch the position is unknown.
struct stream_position {
  std::uint64_t offset = 0;
  std::string epoch;

  friend bool operator==(const stream_position&,
                         const stream_position&) = default;
};

/// A view of a valid list of fields.
class publication_fields {
public:
  publication_fields() = default;

  /// `bytes` must be a field list, see `is_field_list`.
  explicit publication_fields(std::string_view bytes) noexcept
    : bytes_{bytes} {}

  std::string_view bytes() const noexcept { return bytes_; }

  /// Returns the first field with that tag; empty if there is none.
  std::string_view find(field_tag tag) const noexcept;

  /// Returns 0 if the publication is in no history.
  std::uint64_t offset() const noexcept;

  publication_event event() const noexcept;

private:
  std::string_view bytes_;
};

/// Returns true if `bytes` are a complete list of fields.
bool is_field_list(std::string_view bytes) noexcept;

/// Appends one field. `value` has at most `longest_field` bytes.
void append_field(std::string& out, field_tag tag, std::string_view value);

/// Appends an offset as a field.
void append_offset(std::string& out, std::uint64_t offset);

} // namespace rookery
