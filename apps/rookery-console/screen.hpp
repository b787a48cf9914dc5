#pragma once

#include "apps/rookery-console/api.hpp"
#include "apps/rookery-console/table.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::console {

/// The console's output. Escapes all text except JSON.
class screen {
public:
  struct abilities {
    bool json = false;     ///< print answers as they are
    bool terminal = false; ///< a person can see it and answer
    bool colours = false;
  };

  screen(std::ostream& out, std::ostream& err, abilities given)
    : out_{out}, err_{err}, can_{given} {}

  [[nodiscard]] const abilities& can() const { return can_; }

  void set_json(bool on) { can_.json = on; }

  void line(const cell& text) { line(std::vector{text}); }

  void line(const std::vector<cell>& parts);

  /// A heading, with an empty line before it.
  void title(std::string_view text);

  void print(const table& rows);

  /// One JSON document: indented on a terminal, else on one line.
  void document(const json& value);

  /// One JSON document of a series, on one line.
  void record(const json& value);

  /// An error message, to standard error.
  void complain(std::string_view text);

  /// Text of the program's own, not escaped.
  void raw(std::string_view text);

  /// Replaces all that the terminal shows; lines that do not fit are left out.
  void redraw(const std::string& picture);

  /// Overwrites the line that the last `progress` wrote.
  void progress(std::string_view text);

  /// The columns of the terminal, 0 if there is none.
  [[nodiscard]] std::size_t width() const;

private:
  [[nodiscard]] std::string put(const cell& text) const;

  std::ostream& out_;
  std::ostream& err_;
  abilities can_;
};

/// The size of the terminal at standard output.
struct extent {
  std::size_t columns = 80;
  std::size_t rows = 24;

  static extent of_terminal();
};

} // namespace rookery::console
