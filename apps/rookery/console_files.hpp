#pragma once

#include <string_view>

/// The web console as apps/web-console builds it, embedded at build time.
namespace rookery {

/// UTF-8; all live as long as the program.
extern const std::string_view console_page;
extern const std::string_view console_script;
extern const std::string_view console_style;

} // namespace rookery
