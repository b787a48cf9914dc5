#define CAF_SUITE http_message
#include "net/http_message.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

http_request asking(std::string target) {
  http_request result;
  result.target = std::move(target);
  return result;
}

} // namespace

CAF_TEST(fields are found whatever their case) {
  http_request request;
  request.fields = {{"X-One", "1"}, {"x-two", "2"}, {"X-ONE", "3"}};
  CAF_CHECK_EQUAL(request.field("x-one"), "1");
  CAF_CHECK_EQUAL(request.field("X-Two"), "2");
  CAF_CHECK_EQUAL(request.field("x-three"), "");
  CAF_CHECK_EQUAL(request.count("x-one"), 2u);
}

CAF_TEST(tokens are elements of lists) {
  http_request request;
  request.fields = {{"Connection", "keep-alive, Upgrade"}, {"connection", "x"}};
  CAF_CHECK(request.has_token("Connection", "upgrade"));
  CAF_CHECK(request.has_token("Connection", "X"));
  CAF_CHECK(!request.has_token("Connection", "alive"));
  CAF_CHECK(!request.has_token("Upgrade", "x"));
}

CAF_TEST(the path ends at the query and stays encoded) {
  const auto with_query = asking("/ws/a%20b?x=1");
  CAF_CHECK_EQUAL(with_query.path(), "/ws/a%20b");
  const auto root = asking("/");
  CAF_CHECK_EQUAL(root.path(), "/");
}

CAF_TEST(query parameters are decoded) {
  const auto request =
    asking("/ws/a?notices=a%62&empty=&flag&a%62=yes&notices=2");
  CAF_CHECK_EQUAL(request.query("notices").value_or("-"), "ab");
  CAF_CHECK_EQUAL(request.query("empty").value_or("-"), "");
  CAF_CHECK_EQUAL(request.query("flag").value_or("-"), "");
  CAF_CHECK_EQUAL(request.query("ab").value_or("-"), "yes");
  CAF_CHECK(!request.query("other"));
}

CAF_TEST(a badly escaped parameter is no parameter) {
  CAF_CHECK(!asking("/?tag=%zz").query("tag"));
  CAF_CHECK(!asking("/?tag=%4").query("tag"));
  CAF_CHECK(!asking("/").query("tag"));
}

CAF_TEST(an answer tells its length) {
  http_response response;
  response.body = "hi";
  response.fields = {{"X-One", "1"}};
  CAF_CHECK_EQUAL(encode_response(response),
                  "HTTP/1.1 200 OK\r\n"
                  "Content-Type: text/plain; charset=utf-8\r\n"
                  "Content-Length: 2\r\n"
                  "X-One: 1\r\n\r\nhi");
}

CAF_TEST(the answer to HEAD has the length and no body) {
  http_response response;
  response.body = "hi";
  const auto text = encode_response(response, false);
  CAF_CHECK(text.find("Content-Length: 2\r\n") != std::string::npos);
  CAF_CHECK(text.ends_with("\r\n\r\n"));
}

CAF_TEST(no content means no content) {
  http_response response;
  response.status = 204;
  response.body = "ignored";
  CAF_CHECK_EQUAL(encode_response(response), "HTTP/1.1 204 No Content\r\n\r\n");
}

CAF_TEST(a refusal ends the connection) {
  const auto text = encode_response(refusal(404, "no such thing"));
  CAF_CHECK(text.starts_with("HTTP/1.1 404 Not Found\r\n"));
  CAF_CHECK(text.find("Connection: close\r\n") != std::string::npos);
  CAF_CHECK(text.ends_with("no such thing\n"));
}
