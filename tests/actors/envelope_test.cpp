#define CAF_SUITE envelope

#include "actors/message/envelope.hpp"

#include <caf/test/unit_test.hpp>

#include <memory>
#include <random>

using namespace rookery;
using namespace std::literals;

namespace {

using verdict = unwrapped::verdict;

// Unwraps a copy that ends where its memory ends, so that sanitizers see every
// read beyond it. `data` of the result counts from the start of the copy.
struct read_result {
  verdict result;
  payload_kind kind;
  std::string data;
};

read_result read(std::string_view message) {
  const auto copy = std::make_unique<char[]>(message.size());
  std::copy(message.begin(), message.end(), copy.get());
  const auto found = unwrap({copy.get(), message.size()});
  return {found.result, found.kind, std::string{found.data}};
}

bool reads_as(std::string_view message, verdict result, payload_kind kind,
              std::string_view data) {
  const auto found = read(message);
  return found.result == result && found.kind == kind && found.data == data;
}

bool is_malformed(std::string_view message) {
  return read(message).result == verdict::malformed;
}

// One text envelope with two fields of unknown tags.
constexpr auto with_fields = "\xffRKY\x01\x00\x00\x08"
                             "\x07\x00\x02xy\x09\x00\x00"
                             "data"sv;

} // namespace

CAF_TEST(bare text and bare bytes are raw) {
  CAF_CHECK(reads_as("hello", verdict::raw, payload_kind::text, "hello"));
  CAF_CHECK(reads_as("", verdict::raw, payload_kind::text, ""));
  CAF_CHECK(reads_as("\xc3(", verdict::raw, payload_kind::binary, "\xc3("));
}

CAF_TEST(part of the marker is raw binary) {
  for (const auto bytes : {"\xff"sv, "\xffR"sv, "\xffRK"sv, "\xffRKX\x01"sv})
    CAF_CHECK(reads_as(bytes, verdict::raw, payload_kind::binary, bytes));
}

CAF_TEST(unwrapping returns the wrapped payload) {
  const auto inner = wrap(payload_kind::binary, "x");
  for (const auto& data : {""s, "a\0b"s, inner})
    CAF_CHECK(reads_as(wrap(payload_kind::binary, data), verdict::wrapped,
                       payload_kind::binary, data));
  CAF_CHECK(reads_as(wrap(payload_kind::text, "hi"), verdict::wrapped,
                     payload_kind::text, "hi"));
}

CAF_TEST(the envelope has its documented bytes) {
  CAF_CHECK_EQUAL(wrap(payload_kind::binary, "x"), "\xffRKY\x01\x01\x00\x00x"s);
}

CAF_TEST(unknown fields are skipped) {
  const auto fields_are_complete = with_fields.size() == 8 + 8 + 4;
  CAF_REQUIRE(fields_are_complete);
  CAF_CHECK(
    reads_as(with_fields, verdict::wrapped, payload_kind::text, "data"));
}

CAF_TEST(fields that do not fill their space are malformed) {
  CAF_CHECK(is_malformed("\xffRKY\x01\x00\x00\x01\x07"sv));
  CAF_CHECK(is_malformed("\xffRKY\x01\x00\x00\x03\x07\x00\x01 data"sv));
  CAF_CHECK(is_malformed("\xffRKY\x01\x00\x00\x04\x07\x00\x00\x08 data"sv));
  CAF_CHECK(is_malformed("\xffRKY\x01\x00\xff\xff data"sv));
}

CAF_TEST(an unknown kind is malformed) {
  CAF_CHECK(is_malformed("\xffRKY\x01\x02\x00\x00"sv));
  CAF_CHECK(is_malformed("\xffRKY\x01\xff\x00\x00"sv));
}

CAF_TEST(wrapped text that is not UTF8 is malformed) {
  CAF_CHECK(is_malformed(wrap(payload_kind::text, "\xff")));
}

CAF_TEST(another version is told apart) {
  for (const auto bytes :
       {"\xffRKY\x02"sv, "\xffRKY\x00"sv, "\xffRKY\x02xyz"sv})
    CAF_CHECK(read(bytes).result == verdict::unknown_version);
}

CAF_TEST(every truncation is malformed or shorter) {
  CAF_CHECK(!is_malformed(with_fields));
  for (std::size_t size = 4; size < 16; ++size)
    CAF_CHECK(is_malformed(with_fields.substr(0, size)));
  for (std::size_t size = 16; size < with_fields.size(); ++size)
    CAF_CHECK(reads_as(with_fields.substr(0, size), verdict::wrapped,
                       payload_kind::text, with_fields.substr(16, size - 16)));
}

CAF_TEST(random bytes give data from within the message only) {
  std::mt19937 random{42};
  std::uniform_int_distribution<int> byte{0, 255};
  std::uniform_int_distribution<std::size_t> length{0, 24};
  std::size_t wrapped = 0;
  for (auto round = 0; round < 20'000; ++round) {
    auto message = "\xffRKY\x01"s;
    message += static_cast<char>(byte(random) % 3);
    message += '\0';
    message += static_cast<char>(byte(random) % 12);
    for (auto count = length(random); count > 0; --count)
      message += static_cast<char>(byte(random) % (count % 2 ? 256 : 4));
    const auto found = read(message);
    CAF_REQUIRE(message.ends_with(found.data));
    wrapped += found.result == verdict::wrapped ? 1 : 0;
  }
  // The bytes are chosen so that both outcomes occur often.
  CAF_CHECK(wrapped > 500 && wrapped < 19'000);
}

CAF_TEST(binary and forged payloads need an envelope) {
  CAF_CHECK(needs_envelope(payload_kind::binary, "x"));
  CAF_CHECK(!needs_envelope(payload_kind::text, "x"));
  CAF_CHECK(needs_envelope(payload_kind::text, "\xffRKY"));
  CAF_CHECK(!needs_envelope(payload_kind::text, "RKY"));
}

CAF_TEST(an envelope whose epoch could break a line is malformed) {
  const auto with_epoch = [](std::string_view epoch) {
    std::string fields;
    append_field(fields, field_tag::epoch, epoch);
    return wrap(payload_kind::text, "x", publication_fields{fields});
  };
  CAF_CHECK(!is_malformed(with_epoch("aZ09")));
  CAF_CHECK(!is_malformed(with_epoch(std::string(64, 'x'))));
  for (const auto epoch : {"a\n"sv, "\r"sv, "a b"sv, "a:b"sv, "\xc3\xa4"sv})
    CAF_CHECK(is_malformed(with_epoch(epoch)));
  CAF_CHECK(is_malformed(with_epoch(std::string(65, 'x'))));
}
