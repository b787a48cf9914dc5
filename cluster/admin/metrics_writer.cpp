#include "cluster/admin/metrics_writer.hpp"

#include <array>
#include <charconv>
#include <chrono>

namespace rookery {

namespace {

using seconds = std::chrono::duration<double>;

std::string text_of(double value) {
  std::array<char, 32> buffer;
  const auto end =
    std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

std::string_view text_of(metrics_writer::type of) noexcept {
  constexpr std::array<std::string_view, 3> names{"counter", "gauge",
                                                  "histogram"};
  return names[static_cast<std::size_t>(of)];
}

} // namespace

void metrics_writer::family(std::string_view name, type of,
                            std::string_view help) {
  name_ = name;
  text_.append("# HELP ").append(name).append(" ").append(help);
  text_.append("\n# TYPE ").append(name).append(" ");
  text_.append(text_of(of)).append("\n");
}

void metrics_writer::sample(double value, labels with) {
  line({}, with, {}, text_of(value));
}

void metrics_writer::sample(const latency_histogram& of, labels with) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < latency_histogram::size; ++i) {
    count += of.count(i);
    const auto is_last = i + 1 == latency_histogram::size;
    const seconds limit{latency_histogram::limit(i)};
    line("_bucket", with, is_last ? "+Inf" : text_of(limit.count()),
         std::to_string(count));
  }
  line("_sum", with, {}, text_of(seconds{of.sum()}.count()));
  line("_count", with, {}, std::to_string(count));
}

void metrics_writer::line(std::string_view suffix, labels with,
                          std::string_view limit, std::string_view value) {
  text_.append(name_).append(suffix);
  auto separator = '{';
  const auto add = [&](std::string_view name, std::string_view content) {
    text_ += std::exchange(separator, ',');
    label(name, content);
  };
  for (const auto& [name, content] : with)
    add(name, content);
  if (!limit.empty())
    add("le", limit);
  if (separator != '{')
    text_ += '}';
  text_.append(" ").append(value).append("\n");
}

void metrics_writer::label(std::string_view name, std::string_view value) {
  text_.append(name).append("=\"");
  for (const auto c : value) {
    if (c == '\\' || c == '"')
      text_ += '\\';
    if (c == '\n')
      text_ += "\\n";
    else
      text_ += c;
  }
  text_ += '"';
}

} // namespace rookery
