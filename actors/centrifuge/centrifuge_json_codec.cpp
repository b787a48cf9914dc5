#include "actors/centrifuge/centrifuge_json_codec.hpp"

#include "actors/centrifuge/centrifuge_json_decoder.hpp"
#include "actors/centrifuge/centrifuge_json_encoder.hpp"

namespace rookery {

namespace {

class centrifuge_json_codec final : public centrifuge_codec {
public:
  explicit centrifuge_json_codec(std::size_t max_commands)
    : decoder_{max_commands} {}

  payload_kind kind() const noexcept override { return payload_kind::text; }

  void begin(std::string_view frame, std::uint32_t before) override {
    decoder_.begin(frame, before);
  }

  decoded next(centrifuge_command& command) override {
    return decoder_.next(command);
  }

  std::string_view rest() const noexcept override { return decoder_.rest(); }

  std::uint32_t count() const noexcept override { return decoder_.count(); }

  void encode(const centrifuge_reply& reply, std::string& frame) override {
    encoder_.encode(reply, frame);
  }

  void encode(const centrifuge_push& push, std::string& frame) override {
    encoder_.encode(push, frame);
  }

  void encode_ping(std::string& frame) override { encoder_.encode_ping(frame); }

private:
  centrifuge_json_decoder decoder_;
  centrifuge_json_encoder encoder_;
};

} // namespace

std::unique_ptr<centrifuge_codec>
make_centrifuge_json_codec(std::size_t max_commands) {
  return std::make_unique<centrifuge_json_codec>(max_commands);
}

} // namespace rookery
