#pragma once

#include "actors/centrifuge/centrifuge_json_codec.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rookery::test {

/// A JSON codec and short ways to use it.
struct codec_fixture {
  std::unique_ptr<centrifuge_codec> codec = make_centrifuge_json_codec();
  centrifuge_command command;

  /// Decodes the first command of `frame` into `command`.
  decoded decode(std::string_view frame) {
    codec->begin(frame);
    return codec->next(command);
  }

  /// Decodes a frame of one command; returns a default one if it is not of type
  /// `Request`.
  template <class Request>
  Request decode_as(std::string_view frame) {
    if (decode(frame) != decoded::command)
      return {};
    const auto* request = std::get_if<Request>(&command.body);
    return request ? *request : Request{};
  }

  bool is_malformed(std::string_view frame) {
    return decode(frame) == decoded::malformed;
  }

  /// Decodes all of `frame`; returns the ids of its commands, then the reason
  /// of the end.
  std::vector<std::string> ids(std::string_view frame) {
    std::vector<std::string> result;
    codec->begin(frame);
    for (;;) {
      switch (codec->next(command)) {
      case decoded::command:
        result.push_back(std::to_string(command.id));
        break;
      case decoded::malformed:
        result.emplace_back("malformed");
        return result;
      case decoded::end:
        result.emplace_back("end");
        return result;
      }
    }
  }

  template <class Message>
  std::string encode(const Message& message) {
    std::string frame;
    codec->encode(message, frame);
    return frame;
  }
};

} // namespace rookery::test
