#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rookery::console {

/// The target of a request: a path with its query, percent-encoded (RFC 3986).
class target {
public:
  explicit target(std::string_view path) : text_{path} {}

  /// Appends a segment to the path. Call it before the first `with`.
  target& segment(std::string_view text);

  target& with(std::string_view name, std::string_view value);

  /// Appends the parameter if it has a value.
  target& maybe(std::string_view name, const std::optional<std::string>& value);

  [[nodiscard]] const std::string& text() const { return text_; }

private:
  void append(std::string_view bytes);

  std::string text_;
  bool has_query_ = false;
};

} // namespace rookery::console
