#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text from the network on its way to a terminal.
namespace rookery::console {

/// Makes this process read and measure text as UTF-8, whatever the environment
/// says. Call it once, before anything else here.
void use_utf8();

/// Returns `bytes` without anything that a terminal would obey or that hides
/// what is there: control characters, marks that turn the direction of text,
/// and bytes that are not UTF-8 are written as `\n`, `\x1b` or `\u202e`.
std::string escaped(std::string_view bytes);

/// The same, but lines stay lines.
std::string escaped_lines(std::string_view bytes);

/// How many columns of a terminal escaped text takes.
std::size_t width_of(std::string_view text);

/// Shortens escaped text to at most `columns`, with "…" where it was cut.
std::string cut(std::string_view text, std::size_t columns);

} // namespace rookery::console
