#define CAF_SUITE upgrade
#include "net/upgrade.hpp"
#include "tests/net/support/upgrade_request.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>
#include <functional>

using namespace rookery;
using namespace rookery::test;

namespace {

void set(http_request& request, std::string_view name, std::string value) {
  for (auto& field : request.fields)
    if (field.name == name)
      field.value = value;
}

void drop(http_request& request, std::string_view name) {
  std::erase_if(request.fields,
                [&](const http_field& field) { return field.name == name; });
}

struct broken {
  const char* what;
  unsigned status;
  std::function<void(http_request&)> change;
};

const broken table[] = {
  {"POST", 405, [](auto& r) { r.method = "POST"; }},
  {"HEAD", 405, [](auto& r) { r.method = "HEAD"; }},
  {"no host", 400, [](auto& r) { drop(r, "Host"); }},
  {"two hosts", 400,
   [](auto& r) {
     r.fields.push_back({"host", "x"});
   }},
  {"no upgrade", 426, [](auto& r) { drop(r, "Upgrade"); }},
  {"other upgrade", 426, [](auto& r) { set(r, "Upgrade", "h2c"); }},
  {"no connection", 400, [](auto& r) { drop(r, "Connection"); }},
  {"keep-alive", 400, [](auto& r) { set(r, "Connection", "keep-alive"); }},
  {"no version", 400, [](auto& r) { drop(r, "Sec-WebSocket-Version"); }},
  {"old version", 426, [](auto& r) { set(r, "Sec-WebSocket-Version", "8"); }},
  {"version list", 426,
   [](auto& r) { set(r, "Sec-WebSocket-Version", "13, 8"); }},
  {"two versions", 400,
   [](auto& r) {
     r.fields.push_back({"Sec-WebSocket-Version", "13"});
   }},
  {"no key", 400, [](auto& r) { drop(r, "Sec-WebSocket-Key"); }},
  {"empty key", 400, [](auto& r) { set(r, "Sec-WebSocket-Key", ""); }},
  {"short key", 400,
   [](auto& r) { set(r, "Sec-WebSocket-Key", "dGhlIHNhbXBsZQ=="); }},
  {"long key", 400,
   [](auto& r) {
     set(r, "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZWFhYWFhYQ==");
   }},
  {"key not base64", 400,
   [](auto& r) { set(r, "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j!Q=="); }},
  {"key of 17 bytes", 400,
   [](auto& r) { set(r, "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZWE="); }},
  {"two keys", 400,
   [](auto& r) {
     r.fields.push_back({"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="});
   }},
  {"content length", 400,
   [](auto& r) {
     r.fields.push_back({"Content-Length", "0"});
   }},
  {"transfer encoding", 400,
   [](auto& r) {
     r.fields.push_back({"Transfer-Encoding", "chunked"});
   }},
  {"body", 400, [](auto& r) { r.body.push_back('x'); }},
};

} // namespace

CAF_TEST(a proper upgrade passes) {
  CAF_CHECK(!check_upgrade(upgrade_request()));
}

CAF_TEST(case and lists do not matter) {
  auto request = upgrade_request();
  set(request, "Upgrade", "h2c, WebSocket");
  set(request, "Connection", "keep-alive ,UPGRADE");
  CAF_CHECK(!check_upgrade(request));
}

CAF_TEST(an improper upgrade is refused with its status) {
  for (const auto& row : table) {
    auto request = upgrade_request();
    row.change(request);
    const auto refused = check_upgrade(request);
    CAF_MESSAGE(row.what);
    CAF_REQUIRE(refused.has_value());
    CAF_CHECK_EQUAL(refused->status, row.status);
    CAF_CHECK(refused->close);
  }
}

CAF_TEST(a client of another version gets the supported one) {
  auto request = upgrade_request();
  set(request, "Sec-WebSocket-Version", "25");
  const auto refused = check_upgrade(request);
  CAF_REQUIRE(refused.has_value());
  const auto found = std::any_of(
    refused->fields.begin(), refused->fields.end(), [](const auto& field) {
      return field.name == "Sec-WebSocket-Version" && field.value == "13";
    });
  CAF_CHECK(found);
}
