#define CAF_SUITE config_reader

#include "configs/config_reader.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

// The keys and values of a file as one line; "error in line N" at its end.
std::string summary(std::string_view source) {
  std::string result;
  const auto text = read_config(source);
  for (const auto& entry : text.entries)
    if (!entry.is_group)
      result += entry.key + "=" + entry.text + ";";
  if (text.error)
    result += "error in line " + std::to_string(text.error->line);
  return result;
}

} // namespace

CAF_TEST(groups and dots and sections mean the same) {
  CAF_CHECK_EQUAL(summary("a { b = 1 }"), "a.b=1;");
  CAF_CHECK_EQUAL(summary("a = {\n b = 1\n}\n"), "a.b=1;");
  CAF_CHECK_EQUAL(summary("a.b = 1"), "a.b=1;");
  CAF_CHECK_EQUAL(summary("[a]\nb=1\n[c]\nd=2"), "a.b=1;c.d=2;");
  CAF_CHECK_EQUAL(summary("a { b { c = 1 }\nd = 2 }"), "a.b.c=1;a.d=2;");
}

CAF_TEST(values are separated by lines or commas) {
  CAF_CHECK_EQUAL(summary("a { b = 1, c = 2\r\nd=3 }\n"), "a.b=1;a.c=2;a.d=3;");
}

CAF_TEST(a group may come in several parts) {
  CAF_CHECK_EQUAL(summary("a { b = 1 }\na { c = 2 }"), "a.b=1;a.c=2;");
}

CAF_TEST(comments may stand anywhere) {
  CAF_CHECK_EQUAL(summary("# x\na { # {\n ; y\n b = 1 # z }\n} # end"),
                  "a.b=1;");
  CAF_CHECK_EQUAL(summary("a = [ # one\n \"x\", # two ]\n \"y\",\n]"),
                  "a=[ \"x\", \"y\", ];");
}

CAF_TEST(strings hide characters with a meaning elsewhere) {
  CAF_CHECK_EQUAL(summary("a = \"# ; } = \\\" \\\\\"\nb = 1"),
                  "a=\"# ; } = \\\" \\\\\";b=1;");
  CAF_CHECK_EQUAL(summary("a = [\"]\", \"#\"]"), "a=[ \"]\", \"#\"];");
}

CAF_TEST(an empty text has no settings) {
  CAF_CHECK_EQUAL(summary(""), "");
  CAF_CHECK_EQUAL(summary(" \n# only this"), "");
}

CAF_TEST(errors tell their line) {
  struct sample {
    std::string_view source;
    std::size_t line;
  };

  for (const auto& [source, line] : {
         sample{"a {\nb = 1\n", 1},
         sample{"a = 1\n}", 2},
         sample{"a = 1 2", 1},
         sample{"a = 1MiB x", 1},
         sample{"\na =\nb = 1", 2},
         sample{"a", 1},
         sample{"a b", 1},
         sample{"= 1", 1},
         sample{"a = \"x\ny\"", 1},
         sample{"a = \"x\"y", 1},
         sample{"a = \"x\\\"", 1},
         sample{"x = 1\na = [\"b\",\n\"c\"\n", 2},
         sample{"a = [\"x\n\"]", 1},
         sample{"a { [b]\n }", 1},
         sample{"[a\nb = 1", 1},
         sample{"[]\n", 1},
         sample{"\xef\xbb\xbf"
                "a = 1",
                1},
         sample{std::string_view{"a\0 = 1", 6}, 1},
         sample{"a { b = 1 } c = 2", 1},
       }) {
    const auto result = read_config(source);
    CAF_CHECK(result.error);
    CAF_CHECK_EQUAL(result.error ? result.error->line : 0, line);
  }
}

CAF_TEST(settings before an error are kept) {
  CAF_CHECK_EQUAL(summary("a = 1\nb\nc = 3"), "a=1;error in line 2");
}

CAF_TEST(deep nesting is refused early) {
  std::string source;
  for (auto i = 0; i < 100'000; ++i)
    source += "a{\n";
  const auto result = read_config(source);
  CAF_REQUIRE(result.error);
  CAF_CHECK_EQUAL(result.error->line, 9u);
  CAF_CHECK_EQUAL(result.error->text, "groups are nested too deeply");
}
