#include "configs/file_text.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sstream>
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

std::variant<std::vector<std::string>, file_error>
read_secret_lines(const std::string& path) {
  constexpr std::size_t max_size = 4096;
  const auto read = read_file(path, max_size);
  if (const auto* error = std::get_if<file_error>(&read))
    return *error;
  std::vector<std::string> result;
  std::istringstream lines{std::get<std::string>(read)};
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with('\r'))
      line.pop_back();
    if (!line.empty() && !line.starts_with('#'))
      result.push_back(std::move(line));
  }
  if (result.empty())
    return file_error{"file has no secret in any line"};
  return result;
}

std::variant<std::string, file_error>
read_secret_file(const std::string& path) {
  auto lines = read_secret_lines(path);
  if (const auto* error = std::get_if<file_error>(&lines))
    return *error;
  auto& secrets = std::get<std::vector<std::string>>(lines);
  if (secrets.size() > 1)
    return file_error{"file has more than one secret"};
  return std::move(secrets.front());
}

} // namespace rookery
