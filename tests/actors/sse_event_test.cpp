#define CAF_SUITE sse_event

#include "actors/message/sse_event.hpp"

#include <caf/test/unit_test.hpp>

#include <charconv>
#include <memory>
#include <string>

using namespace rookery;
using namespace std::literals;

namespace {

// Decodes one HTTP/1.1 chunk; returns "broken" if it is malformed.
std::string body_of(const frame_ptr& chunk) {
  const auto bytes = chunk->bytes();
  std::size_t size = 0;
  const auto [end, ec] =
    std::from_chars(bytes.data(), bytes.data() + bytes.size(), size, 16);
  const auto rest = bytes.substr(static_cast<std::size_t>(end - bytes.data()));
  if (ec != std::errc{} || rest.size() != size + 4 || !rest.starts_with("\r\n")
      || !rest.ends_with("\r\n"))
    return "broken";
  return std::string{rest.substr(2, size)};
}

std::string text_event(std::string_view text) {
  return body_of(encode_sse(payload_kind::text, text));
}

std::string binary_event(std::string_view bytes) {
  // A copy of exact size, so that sanitizers see a read beyond its end.
  const auto copy = std::make_unique<char[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), copy.get());
  return body_of(encode_sse(payload_kind::binary, {copy.get(), bytes.size()}));
}

} // namespace

CAF_TEST(an event is one chunk with its size in hexadecimal) {
  const auto chunk = encode_sse(payload_kind::text, "hi");
  CAF_CHECK_EQUAL(chunk->bytes(), "a\r\ndata: hi\n\n\r\n"sv);
  const auto text = std::string(5000, 'x');
  CAF_CHECK(text_event(text) == "data: " + text + "\n\n");
}

CAF_TEST(each line of a text has its own data line) {
  CAF_CHECK_EQUAL(text_event("a\nb"), "data: a\ndata: b\n\n");
  CAF_CHECK_EQUAL(text_event("a\rb"), "data: a\ndata: b\n\n");
  CAF_CHECK_EQUAL(text_event("a\r\nb"), "data: a\ndata: b\n\n");
  CAF_CHECK_EQUAL(text_event("a\n\rb"), "data: a\ndata: \ndata: b\n\n");
  CAF_CHECK_EQUAL(text_event("a\n"), "data: a\ndata: \n\n");
  CAF_CHECK_EQUAL(text_event(""), "data: \n\n");
}

CAF_TEST(a text cannot start an event of its own) {
  CAF_CHECK_EQUAL(text_event("x\n\nevent: gap\rdata: y"),
                  "data: x\ndata: \ndata: event: gap\ndata: data: y\n\n");
}

CAF_TEST(bytes travel as base64) {
  // RFC 4648, section 10
  CAF_CHECK_EQUAL(binary_event(""), "event: binary\ndata: \n\n");
  CAF_CHECK_EQUAL(binary_event("f"), "event: binary\ndata: Zg==\n\n");
  CAF_CHECK_EQUAL(binary_event("fo"), "event: binary\ndata: Zm8=\n\n");
  CAF_CHECK_EQUAL(binary_event("foo"), "event: binary\ndata: Zm9v\n\n");
  CAF_CHECK_EQUAL(binary_event("foobar"), "event: binary\ndata: Zm9vYmFy\n\n");
  CAF_CHECK_EQUAL(binary_event("\xff\xfe\x00\xfb"sv),
                  "event: binary\ndata: //4A+w==\n\n");
}

CAF_TEST(named events carry text) {
  CAF_CHECK_EQUAL(body_of(encode_sse_event("gap", "{}")),
                  "event: gap\ndata: {}\n\n");
}

CAF_TEST(comments and retry hints are no events) {
  CAF_CHECK_EQUAL(body_of(encode_sse_comment()), ":\n\n");
  CAF_CHECK_EQUAL(body_of(encode_sse_retry(std::chrono::seconds{2})),
                  "retry: 2000\n\n");
}
