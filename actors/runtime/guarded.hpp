#pragma once

#include <exception>
#include <string_view>

namespace rookery {

/// Calls `task` and returns true, or returns false after it has thrown and
/// `on_error` was called with the text of the exception.
template <class Task, class OnError>
bool guarded(Task&& task, OnError&& on_error) {
  try {
    task();
    return true;
  } catch (const std::exception& error) {
    on_error(std::string_view{error.what()});
  } catch (...) {
    on_error(std::string_view{"unknown exception"});
  }
  return false;
}

} // namespace rookery
