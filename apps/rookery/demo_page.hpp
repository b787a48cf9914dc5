#pragma once

#include <string_view>

/// The demo page: demo.html, embedded at build time.
namespace rookery {

/// The page as self-contained UTF-8 HTML; valid until the program ends.
extern const std::string_view demo_page;

} // namespace rookery
