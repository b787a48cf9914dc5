#pragma once

#include <string_view>

/// The web console as apps/web-console builds it, embedded at build time.
namespace rookery {

/// The three files, in UTF-8; valid until the program ends.
extern const std::string_view console_page;
extern const std::string_view console_script;
extern const std::string_view console_style;

} // namespace rookery
