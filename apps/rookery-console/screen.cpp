#include "apps/rookery-console/screen.hpp"

#include "apps/rookery-console/text.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

namespace rookery::console {

extent extent::of_terminal() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return {};
  return {size.ws_col, size.ws_row};
}

std::size_t screen::width() const {
  return can_.terminal ? extent::of_terminal().columns : 0;
}

std::string screen::put(const cell& text) const {
  return can_.colours ? painted(text.text, text.how) : text.text;
}

void screen::line(const std::vector<cell>& parts) {
  for (const auto& part : parts)
    out_ << put(part);
  out_ << '\n';
}

void screen::title(std::string_view text) {
  out_ << '\n' << put({text, look::heading}) << '\n';
}

void screen::print(const table& rows) {
  for (const auto& text : rows.lines(width(), can_.colours))
    out_ << text << '\n';
}

void screen::document(const json& value) {
  // Escape non-ASCII characters on a terminal: it obeys some of them.
  out_ << value.dump(can_.terminal ? 2 : -1, ' ', can_.terminal) << '\n';
}

void screen::record(const json& value) {
  out_ << value.dump(-1, ' ', can_.terminal) << std::endl;
}

void screen::complain(std::string_view text) {
  out_.flush();
  const auto shown = escaped_lines(text);
  err_ << (can_.colours ? painted(shown, look::bad) : shown) << '\n';
}

void screen::raw(std::string_view text) {
  out_ << text << std::flush;
}

void screen::redraw(const std::string& picture) {
  const auto rows = extent::of_terminal().rows;
  std::string bytes = "\x1b[H";
  std::size_t begin = 0;
  for (std::size_t row = 0; row + 1 < rows && begin < picture.size(); ++row) {
    const auto end = picture.find('\n', begin);
    bytes += picture.substr(begin, end - begin) + "\x1b[K\n";
    begin = end == std::string::npos ? picture.size() : end + 1;
  }
  out_ << bytes << "\x1b[J" << std::flush;
}

void screen::progress(std::string_view text) {
  const auto shown = cut(escaped(text), width() > 1 ? width() - 1 : 1);
  out_ << '\r' << shown << "\x1b[K" << std::flush;
}

} // namespace rookery::console
