#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::console {

/// The style of a text: red for faults, yellow for matters to look at.
enum class look { plain, dim, bad, attention, heading };

/// Returns escaped `text` with the terminal codes of that style.
std::string painted(std::string_view text, look how);

/// A piece of text on the screen. The constructor escapes its input.
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

/// The layout of a column: numbers are aligned right, `wide` text is shortened
/// if the terminal is narrow.
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

  /// The title and a line per row, each at most `width` columns wide (0: no
  /// limit). Shortens wide columns first. Columns at the right that still do
  /// not fit are left out and marked by "…" at the end of a line.
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
