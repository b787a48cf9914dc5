#pragma once

#include "apps/rookery-console/api.hpp"
#include "apps/rookery-console/table.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::console {

/// Where answers go. Everything but JSON is escaped on its way.
class screen {
public:
  struct abilities {
    bool json = false;     ///< print answers as they are
    bool terminal = false; ///< somebody looks at it and can answer
    bool colours = false;
  };

  screen(std::ostream& out, std::ostream& err, abilities given)
    : out_{out}, err_{err}, can_{given} {}

  [[nodiscard]] const abilities& can() const { return can_; }

  void set_json(bool on) { can_.json = on; }

  void line(const cell& text) { line(std::vector{text}); }

  void line(const std::vector<cell>& parts);

  /// A heading over what follows, with an empty line before it.
  void title(std::string_view text);

  void print(const table& rows);

  /// One document: for people on a terminal, else as short as it can be.
  void document(const json& value);

  /// One document on one line, of a series.
  void record(const json& value);

  /// What went wrong, to standard error.
  void complain(std::string_view text);

  /// Text of ours as it is.
  void raw(std::string_view text);

  /// Takes the place of all that the terminal shows; lines that do not fit are
  /// left out.
  void redraw(const std::string& picture);

  /// Overwrites the line that the last `progress` wrote.
  void progress(std::string_view text);

  /// The columns of the terminal, 0 where there is none.
  [[nodiscard]] std::size_t width() const;

private:
  [[nodiscard]] std::string put(const cell& text) const;

  std::ostream& out_;
  std::ostream& err_;
  abilities can_;
};

/// The terminal of standard output.
struct extent {
  std::size_t columns = 80;
  std::size_t rows = 24;

  static extent of_terminal();
};

} // namespace rookery::console
