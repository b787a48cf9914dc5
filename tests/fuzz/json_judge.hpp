#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace rookery::test {

/// A second JSON parser to compare with. If it refuses text that RFC 8259
/// allows (huge numbers, unpaired surrogates), it stops and accepts the rest.
class json_judge : public nlohmann::json_sax<nlohmann::json> {
public:
  static bool accepts(std::string_view text) {
    json_judge judge;
    return nlohmann::json::sax_parse(text, &judge) || judge.cannot_tell_;
  }

  bool null() override { return true; }

  bool boolean(bool) override { return true; }

  bool number_integer(number_integer_t) override { return true; }

  bool number_unsigned(number_unsigned_t) override { return true; }

  bool number_float(number_float_t, const string_t&) override { return true; }

  bool string(string_t&) override { return true; }

  bool binary(binary_t&) override { return true; }

  bool start_object(std::size_t) override { return true; }

  bool key(string_t&) override { return true; }

  bool end_object() override { return true; }

  bool start_array(std::size_t) override { return true; }

  bool end_array() override { return true; }

  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::detail::exception& problem) override {
    const std::string_view text = problem.what();
    cannot_tell_ = text.find("number overflow") != text.npos
                   || text.find("surrogate") != text.npos;
    return false;
  }

private:
  bool cannot_tell_ = false;
};

} // namespace rookery::test
