#define CAF_SUITE console_table

#include "apps/rookery-console/table.hpp"
#include "apps/rookery-console/text.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery::console;

namespace {

struct fixture {
  fixture() {
    use_utf8();
    rows.add({"chat", "12", "hello world"});
    rows.add({"日本", "1234"});
  }

  table rows{{{"NAME", kind_of_column::wide},
              {"COUNT", kind_of_column::number},
              {"NOTE", kind_of_column::wide}}};

  using lines = std::vector<std::string>;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(console_table_tests, fixture)

CAF_TEST(columns are aligned and no line ends in spaces) {
  CAF_CHECK_EQUAL(
    rows.lines(0, false),
    (lines{"NAME  COUNT  NOTE", "chat     12  hello world", "日本   1234"}));
}

CAF_TEST(wide columns give way first) {
  CAF_CHECK_EQUAL(
    rows.lines(22, false),
    (lines{"NAME  COUNT  NOTE", "chat     12  hello wo…", "日本   1234"}));
}

CAF_TEST(columns that do not fit are left out) {
  CAF_CHECK_EQUAL(
    rows.lines(16, false),
    (lines{"NAME  COUNT  …", "chat     12  …", "日本   1234  …"}));
  CAF_CHECK_EQUAL(rows.lines(5, false), (lines{"N…  …", "c…  …", "…   …"}));
}

CAF_TEST(no line is wider than the terminal) {
  for (std::size_t width = 4; width < 40; ++width)
    for (const auto& line : rows.lines(width, false))
      CAF_CHECK_LESS_OR_EQUAL(width_of(line), width);
}

CAF_TEST(colours surround text alone) {
  table one{{{"A", kind_of_column::text}}};
  one.add({{"x", look::bad}});
  CAF_CHECK_EQUAL(one.lines(0, true),
                  (lines{"\x1b[1mA\x1b[0m", "\x1b[31mx\x1b[0m"}));
}

CAF_TEST(cells are escaped) {
  table one{{{"A", kind_of_column::text}}};
  one.add({"x\x1b[0m"});
  CAF_CHECK_EQUAL(one.lines(0, false), (lines{"A", "x\\x1b[0m"}));
}

CAF_TEST_FIXTURE_SCOPE_END()
