#include "apps/rookery-console/table.hpp"

#include "apps/rookery-console/text.hpp"

#include <algorithm>

namespace rookery::console {

namespace {

constexpr std::size_t gap = 2;

// The width below which a shortened name is useless.
constexpr std::size_t min_text = 8;

} // namespace

std::string painted(std::string_view text, look how) {
  const auto in = [&](std::string_view code) {
    return "\x1b[" + std::string{code} + "m" + std::string{text} + "\x1b[0m";
  };
  switch (how) {
  case look::dim:
    return in("2");
  case look::bad:
    return in("31");
  case look::attention:
    return in("33");
  case look::heading:
    return in("1");
  case look::plain:
    break;
  }
  return std::string{text};
}

cell::cell(std::string_view raw, look how) : text{escaped(raw)}, how{how} {}

struct table::layout {
  std::vector<std::size_t> widths; ///< of the columns that are shown

  [[nodiscard]] std::size_t total() const {
    std::size_t sum = widths.empty() ? 0 : gap * (widths.size() - 1);
    for (const auto width : widths)
      sum += width;
    return sum;
  }
};

void table::add(std::vector<cell> row) {
  row.resize(columns_.size());
  rows_.push_back(std::move(row));
}

table::layout table::fit(std::size_t width) const {
  layout result;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    auto needed = width_of(columns_[i].title);
    for (const auto& row : rows_)
      needed = std::max(needed, width_of(row[i].text));
    result.widths.push_back(needed);
  }
  if (width == 0)
    return result;
  // Shorten the widest of the wide columns until all fit.
  while (result.total() > width) {
    std::size_t* widest = nullptr;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].kind == kind_of_column::wide
          && result.widths[i] > min_text
          && (widest == nullptr || result.widths[i] > *widest))
        widest = &result.widths[i];
    if (widest == nullptr)
      break;
    --*widest;
  }
  if (result.total() <= width)
    return result;
  // Drop columns from the right, and leave room for the mark "…".
  while (result.widths.size() > 1 && result.total() + gap + 1 > width)
    result.widths.pop_back();
  if (result.widths.size() == 1)
    result.widths[0] =
      std::min(result.widths[0], width > gap + 1 ? width - gap - 1 : 1);
  return result;
}

std::string table::line(const std::vector<cell>& row, const layout& shown,
                        bool colours) const {
  std::string result;
  std::size_t owed = 0;
  for (std::size_t i = 0; i < shown.widths.size(); ++i) {
    const auto text = cut(row[i].text, shown.widths[i]);
    const auto padding = shown.widths[i] - width_of(text);
    const bool is_number = columns_[i].kind == kind_of_column::number;
    if (is_number)
      owed += padding;
    // Defer padding, so no line has trailing spaces.
    if (!text.empty()) {
      result.append(owed, ' ');
      result += colours ? painted(text, row[i].how) : text;
      owed = 0;
    }
    owed += gap + (is_number ? 0 : padding);
  }
  if (shown.widths.size() < columns_.size())
    result.append(owed, ' ').append(colours ? painted("…", look::dim) : "…");
  return result;
}

std::vector<std::string> table::lines(std::size_t width, bool colours) const {
  const auto shown = fit(width);
  std::vector<cell> titles;
  for (const auto& column : columns_)
    titles.emplace_back(column.title, look::heading);
  std::vector<std::string> result{line(titles, shown, colours)};
  for (const auto& row : rows_)
    result.push_back(line(row, shown, colours));
  return result;
}

} // namespace rookery::console
