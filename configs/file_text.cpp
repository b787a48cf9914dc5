#include "configs/file_text.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace rookery {

namespace {

file_error system_error(const char* what) {
  return {std::string{what} + ": " + std::generic_category().message(errno)};
}

struct descriptor {
  int number;

  explicit descriptor(const std::string& path)
    : number{::open(path.c_str(), O_RDONLY | O_CLOEXEC)} {}

  ~descriptor() {
    if (number >= 0)
      ::close(number);
  }

  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
};

} // namespace

std::variant<std::string, file_error> read_file(const std::string& path,
                                                std::size_t limit) {
  const descriptor file{path};
  if (file.number < 0)
    return system_error("cannot open file");
  std::string result(limit + 1, '\0');
  std::size_t size = 0;
  while (size <= limit) {
    const auto count =
      ::read(file.number, result.data() + size, result.size() - size);
    if (count < 0 && errno != EINTR)
      return system_error("cannot read file");
    if (count == 0)
      break;
    size += count > 0 ? static_cast<std::size_t>(count) : 0;
  }
  if (size > limit)
    return file_error{"file is larger than " + std::to_string(limit)
                      + " bytes"};
  result.resize(size);
  return result;
}

std::variant<std::string, file_error>
read_secret_file(const std::string& path) {
  auto result = read_file(path, 4096);
  if (auto* text = std::get_if<std::string>(&result)) {
    if (text->ends_with('\n'))
      text->pop_back();
    if (text->ends_with('\r'))
      text->pop_back();
    if (text->empty())
      return file_error{"file is empty"};
  }
  return result;
}

} // namespace rookery
