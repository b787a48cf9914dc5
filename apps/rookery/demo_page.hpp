#pragma once

#include <string_view>

/// The demo page: demo.html, embedded at build time.
namespace rookery {

/// UTF-8 HTML, complete in itself; lives as long as the program.
extern const std::string_view demo_page;

} // namespace rookery
