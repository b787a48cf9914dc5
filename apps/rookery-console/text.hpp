#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Makes text from the network safe to show on a terminal.
namespace rookery::console {

/// Makes this process read and measure text as UTF-8, whatever the environment
/// says. Call it once, before any other function here.
void use_utf8();

/// Returns `bytes` with everything replaced that a terminal would obey or that
/// hides content: control characters, direction marks and invalid UTF-8 are
/// written as `\n`, `\x1b` or `\u202e`.
std::string escaped(std::string_view bytes);

/// Like `escaped`, but keeps line breaks.
std::string escaped_lines(std::string_view bytes);

/// The number of terminal columns that escaped text takes.
std::size_t width_of(std::string_view text);

/// Shortens escaped text to at most `columns`, with "…" at the cut.
std::string cut(std::string_view text, std::size_t columns);

} // namespace rookery::console
