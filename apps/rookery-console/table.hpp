#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::console {

/// Red says that something is wrong, yellow that it should be looked at.
enum class look { plain, dim, bad, attention, heading };

/// `text`, already escaped, as a terminal shows it in that look.
std::string painted(std::string_view text, look how);

/// Text somewhere on the screen. What it is made of is escaped.
struct cell {
  cell() = default;
  cell(std::string_view raw, look how = look::plain);

  cell(const std::string& raw, look how = look::plain)
    : cell{std::string_view{raw}, how} {}

  cell(const char* raw, look how = look::plain)
    : cell{std::string_view{raw}, how} {}

  std::string text;
  look how = look::plain;
};

/// What stands under a title: numbers at the right edge, `wide` text gives way
/// where the terminal is narrow.
enum class kind_of_column { text, wide, number };

struct column {
  std::string title;
  kind_of_column kind = kind_of_column::text;
};

/// Rows in aligned columns.
class table {
public:
  explicit table(std::vector<column> columns) : columns_{std::move(columns)} {}

  /// Missing cells at the end are empty.
  void add(std::vector<cell> row);

  [[nodiscard]] bool empty() const { return rows_.empty(); }

  /// The title and a line per row, none of more than `width` columns (0: of any
  /// width). Wide columns are shortened first; columns at the right that do not
  /// fit even then are left out, which "…" at the end of a line says.
  [[nodiscard]] std::vector<std::string> lines(std::size_t width,
                                               bool colours) const;

private:
  struct layout;

  [[nodiscard]] layout fit(std::size_t width) const;
  [[nodiscard]] std::string line(const std::vector<cell>& row,
                                 const layout& widths, bool colours) const;

  std::vector<column> columns_;
  std::vector<std::vector<cell>> rows_;
};

} // namespace rookery::console
