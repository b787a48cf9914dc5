#define CAF_SUITE publication_fields

#include "actors/message/envelope.hpp"
#include "actors/message/publication.hpp"

#include <caf/test/unit_test.hpp>

#include <limits>

using namespace rookery;
using namespace std::literals;

CAF_TEST(fields are found by their tag) {
  std::string list;
  append_offset(list, 7);
  append_field(list, field_tag::epoch, "abc");
  append_field(list, field_tag::user, "");
  CAF_REQUIRE(is_field_list(list));
  const publication_fields fields{list};
  CAF_CHECK_EQUAL(fields.offset(), 7u);
  CAF_CHECK_EQUAL(fields.find(field_tag::epoch), "abc");
  CAF_CHECK_EQUAL(fields.find(field_tag::user), "");
  CAF_CHECK_EQUAL(fields.find(field_tag::client), "");
  CAF_CHECK(fields.event() == publication_event::message);
}

CAF_TEST(every offset survives) {
  for (const auto offset : {1ull, 255ull, 256ull, 1ull << 53,
                            std::numeric_limits<unsigned long long>::max()}) {
    std::string list;
    append_offset(list, offset);
    CAF_CHECK_EQUAL(publication_fields{list}.offset(), offset);
  }
}

CAF_TEST(an offset of another size counts as none) {
  std::string list;
  append_field(list, field_tag::offset, "1234567");
  CAF_CHECK_EQUAL(publication_fields{list}.offset(), 0u);
}

CAF_TEST(an unknown event is a message) {
  const auto event_of = [](std::string_view value) {
    std::string list;
    append_field(list, field_tag::event, value);
    return publication_fields{list}.event();
  };
  CAF_CHECK(event_of("\x01") == publication_event::join);
  CAF_CHECK(event_of("\x02") == publication_event::leave);
  CAF_CHECK(event_of("\x03") == publication_event::cleared);
  CAF_CHECK(event_of("\x04") == publication_event::message);
  CAF_CHECK(event_of("\x01\x01") == publication_event::message);
  CAF_CHECK(event_of("") == publication_event::message);
}

CAF_TEST(a cut list is none) {
  std::string list;
  append_field(list, field_tag::epoch, std::string(300, 'e'));
  append_field(list, field_tag::id, "0123456789abcdef");
  for (std::size_t size = 1; size < list.size(); ++size)
    CAF_CHECK_EQUAL(is_field_list(std::string_view{list}.substr(0, size)),
                    size == 303);
  CAF_CHECK(is_field_list(""));
}

CAF_TEST(a publication keeps its fields beside its data) {
  std::string list;
  append_offset(list, 3);
  append_field(list, field_tag::user, "ann");
  const auto made = publication::make("lobby", "hello", payload_kind::text,
                                      publication_fields{list});
  CAF_CHECK_EQUAL(made->channel(), "lobby");
  CAF_CHECK_EQUAL(made->data(), "hello");
  CAF_CHECK_EQUAL(made->offset(), 3u);
  CAF_CHECK_EQUAL(made->fields().find(field_tag::user), "ann");
  CAF_CHECK_EQUAL(publication::make("c", "d", payload_kind::text)->offset(),
                  0u);
}

CAF_TEST(an envelope carries fields) {
  std::string list;
  append_field(list, field_tag::client, std::string(longest_field - 10, 'c'));
  const publication_fields fields{list};
  CAF_CHECK(needs_envelope(payload_kind::text, "x", fields));
  const auto message = wrap(payload_kind::text, "x", fields);
  const auto found = unwrap(message);
  CAF_REQUIRE(found.result == unwrapped::verdict::wrapped);
  CAF_CHECK_EQUAL(found.data, "x");
  CAF_CHECK_EQUAL(found.fields.bytes(), list);
}
