#include "net/http_message.hpp"

#include "configs/percent.hpp"

#include <algorithm>
#include <array>

namespace rookery {

namespace {

struct reason_phrase {
  unsigned status;
  std::string_view text;
};

constexpr std::array reason_phrases{
  reason_phrase{200, "OK"},
  reason_phrase{204, "No Content"},
  reason_phrase{400, "Bad Request"},
  reason_phrase{401, "Unauthorized"},
  reason_phrase{403, "Forbidden"},
  reason_phrase{404, "Not Found"},
  reason_phrase{405, "Method Not Allowed"},
  reason_phrase{408, "Request Timeout"},
  reason_phrase{413, "Content Too Large"},
  reason_phrase{415, "Unsupported Media Type"},
  reason_phrase{417, "Expectation Failed"},
  reason_phrase{421, "Misdirected Request"},
  reason_phrase{426, "Upgrade Required"},
  reason_phrase{429, "Too Many Requests"},
  reason_phrase{431, "Request Header Fields Too Large"},
  reason_phrase{500, "Internal Server Error"},
  reason_phrase{501, "Not Implemented"},
  reason_phrase{503, "Service Unavailable"},
  reason_phrase{504, "Gateway Timeout"},
  reason_phrase{505, "HTTP Version Not Supported"},
};

/// RFC 9112 §4 lets the phrase be empty.
std::string_view phrase_of(unsigned status) noexcept {
  const auto found = std::find_if(
    reason_phrases.begin(), reason_phrases.end(),
    [&](const reason_phrase& entry) { return entry.status == status; });
  return found == reason_phrases.end() ? std::string_view{} : found->text;
}

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::string_view trim(std::string_view text) noexcept {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos)
    return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Cuts the part before `separator` off the front of `text`.
std::string_view next_part(std::string_view& text, char separator) noexcept {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

void append(std::string& out, std::initializer_list<std::string_view> parts) {
  for (const auto part : parts)
    out.append(part);
}

} // namespace

bool equals_ignoring_case(std::string_view name,
                          std::string_view other) noexcept {
  return std::equal(name.begin(), name.end(), other.begin(), other.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view http_request::field(std::string_view name) const noexcept {
  for (const auto& each : fields)
    if (equals_ignoring_case(each.name, name))
      return each.value;
  return {};
}

std::size_t http_request::count(std::string_view name) const noexcept {
  return static_cast<std::size_t>(
    std::count_if(fields.begin(), fields.end(), [&](const auto& each) {
      return equals_ignoring_case(each.name, name);
    }));
}

bool http_request::has_token(std::string_view name,
                             std::string_view token) const noexcept {
  for (const auto& each : fields) {
    if (!equals_ignoring_case(each.name, name))
      continue;
    std::string_view list = each.value;
    while (!list.empty())
      if (equals_ignoring_case(trim(next_part(list, ',')), token))
        return true;
  }
  return false;
}

std::string_view http_request::path() const noexcept {
  return std::string_view{target}.substr(0, target.find('?'));
}

std::optional<std::string> http_request::query(std::string_view name) const {
  auto rest = std::string_view{target}.substr(path().size());
  if (!rest.empty())
    rest.remove_prefix(1);
  while (!rest.empty()) {
    auto value = next_part(rest, '&');
    const auto key = percent_decode(next_part(value, '='));
    if (key && *key == name)
      return percent_decode(value);
  }
  return std::nullopt;
}

http_response refusal(unsigned status, std::string_view text) {
  http_response result;
  result.status = status;
  result.body = text;
  result.body += '\n';
  result.close = true;
  return result;
}

http_response come_back(std::string_view text, std::chrono::seconds delay) {
  auto result = refusal(503, text);
  result.fields = {{"Retry-After", std::to_string(delay.count())}};
  return result;
}

http_response method_not_allowed(std::string_view allowed) {
  auto result = refusal(405, "method not allowed");
  result.fields.push_back({"Allow", std::string{allowed}});
  return result;
}

std::string encode_response(const http_response& response, bool with_body) {
  std::string result;
  append(result, {"HTTP/1.1 ", std::to_string(response.status), " ",
                  phrase_of(response.status), "\r\n"});
  if (response.status != 204) {
    if (!response.content_type.empty())
      append(result, {"Content-Type: ", response.content_type, "\r\n"});
    append(result,
           {"Content-Length: ", std::to_string(response.body.size()), "\r\n"});
  }
  for (const auto& each : response.fields)
    append(result, {each.name, ": ", each.value, "\r\n"});
  if (response.close)
    result += "Connection: close\r\n";
  result += "\r\n";
  if (with_body && response.status != 204)
    result += response.body;
  return result;
}

} // namespace rookery
