#include "apps/rookery-bench/protocol.hpp"

#include <hiredis/hiredis.h>

#include <array>

namespace rookery::bench {

namespace {

struct reader_deleter {
  void operator()(redisReader* reader) const { redisReaderFree(reader); }
};

struct reply_deleter {
  void operator()(void* reply) const { freeReplyObject(reply); }
};

template <std::size_t Size>
void append_command(const std::array<std::string_view, Size>& words,
                    std::string& out) {
  std::array<const char*, Size> data;
  std::array<std::size_t, Size> sizes;
  for (std::size_t i = 0; i < Size; ++i) {
    data[i] = words[i].data();
    sizes[i] = words[i].size();
  }
  char* command = nullptr;
  const auto length =
    redisFormatCommandArgv(&command, int{Size}, data.data(), sizes.data());
  if (length > 0)
    out.append(command, static_cast<std::size_t>(length));
  redisFreeCommand(command);
}

/// Bare Redis Pub/Sub by hiredis: a member subscribes, a publisher publishes.
class redis_wire final : public wire {
public:
  explicit redis_wire(const wire_options& options)
    : channel_{options.channel(0)}, member_{options.member} {}

  std::string hello() override {
    std::string out;
    if (member_)
      append_command<2>({"SUBSCRIBE", channel_}, out);
    else
      append_command<1>({"PING"}, out);
    return out;
  }

  bool feed(std::string_view bytes, std::string&, sink& to) override {
    if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK)
      return fail(reader_->errstr);
    while (true) {
      void* raw = nullptr;
      if (redisReaderGetReply(reader_.get(), &raw) != REDIS_OK)
        return fail(reader_->errstr);
      if (raw == nullptr)
        return true;
      const std::unique_ptr<void, reply_deleter> owner{raw};
      const auto& reply = *static_cast<const redisReply*>(raw);
      if (reply.type == REDIS_REPLY_ERROR)
        return fail({reply.str, reply.len});
      take(reply, to);
    }
  }

  void publish(std::uint32_t, std::string_view payload,
               std::string& out) override {
    append_command<3>({"PUBLISH", channel_, payload}, out);
  }

  void goodbye(std::string&) override {}

private:
  void take(const redisReply& reply, sink& to) {
    if (!open_) {
      open_ = true;
      to.ready();
    } else if (reply.type == REDIS_REPLY_ARRAY && reply.elements == 3) {
      to.publication(0, {reply.element[2]->str, reply.element[2]->len});
    }
  }

  std::string channel_;
  bool member_;
  bool open_ = false;
  std::unique_ptr<redisReader, reader_deleter> reader_{redisReaderCreate()};
};

} // namespace

std::unique_ptr<wire> make_redis_wire(const wire_options& options) {
  return std::make_unique<redis_wire>(options);
}

} // namespace rookery::bench
