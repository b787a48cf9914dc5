#define CAF_SUITE user_book

#include "actors/client/user_book.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

CAF_TEST(a user has so many connections at once) {
  user_book book{2};
  CAF_CHECK(book.enter("ann"));
  CAF_CHECK(book.enter("ann"));
  CAF_CHECK(!book.enter("ann"));
  CAF_CHECK(book.enter("bob"));
  book.leave("ann");
  CAF_CHECK(book.enter("ann"));
  CAF_CHECK(!book.enter("ann"));
}

CAF_TEST(anonymous clients are not counted) {
  user_book book{1};
  CAF_CHECK(book.enter(""));
  CAF_CHECK(book.enter(""));
}

CAF_TEST(without a limit there is always room) {
  user_book book{0};
  CAF_CHECK(book.enter("ann"));
  CAF_CHECK(book.enter("ann"));
}
