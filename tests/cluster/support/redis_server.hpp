#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <hiredis/hiredis.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace rookery::test {

/// Returns a free TCP port of 127.0.0.1.
inline std::uint16_t free_port() {
  using boost::asio::ip::tcp;
  boost::asio::io_context io;
  tcp::acceptor acceptor{
    io, tcp::endpoint{boost::asio::ip::address_v4::loopback(), 0}};
  return acceptor.local_endpoint().port();
}

/// A private Redis on a port of its own, without persistence; the environment
/// variable ROOKERY_TEST_REDIS names another program than redis-server. Ends
/// with this object, and with the test program at the latest.
class redis_server {
public:
  explicit redis_server(std::vector<std::string> extra = {})
    : port_{free_port()}, extra_{std::move(extra)} {
    auto pattern =
      (std::filesystem::temp_directory_path() / "rookery-redis-XXXXXX")
        .string();
    if (::mkdtemp(pattern.data()) == nullptr)
      throw std::runtime_error{"no directory for redis-server"};
    directory_ = pattern;
    start();
  }

  redis_server(const redis_server&) = delete;
  redis_server& operator=(const redis_server&) = delete;

  ~redis_server() {
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  std::uint16_t port() const noexcept { return port_; }

  /// Returns when the server answers. The port is the same every time.
  void start() {
    std::vector<std::string> words{
      program(), "--port", std::to_string(port_), "--bind", "127.0.0.1",
      "--save",  "",       "--appendonly",        "no",     "--dir",
      directory_};
    words.insert(words.end(), extra_.begin(), extra_.end());
    pid_ = ::fork();
    if (pid_ == 0)
      run(words);
    for (auto tries = 0; tries < 1000; ++tries) {
      if (answers())
        return;
      ::usleep(10'000);
    }
    throw std::runtime_error{program() + " did not start"};
  }

  void stop() {
    if (pid_ <= 0)
      return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

  /// Redis cannot save any more: its next background save fails.
  void lose_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
    command({"BGSAVE"});
  }

  void freeze() { ::kill(pid_, SIGSTOP); }

  void thaw() { ::kill(pid_, SIGCONT); }

  /// Runs one command on a connection of its own; returns a number or a text.
  std::string command(const std::vector<std::string>& words,
                      const std::string& password = {}) {
    auto* context = ::redisConnectWithTimeout("127.0.0.1", port_, {5, 0});
    if (!password.empty())
      run(context, {"AUTH", password});
    auto result = run(context, words);
    ::redisFree(context);
    return result;
  }

private:
  static std::string program() {
    const auto* chosen = std::getenv("ROOKERY_TEST_REDIS");
    return chosen != nullptr ? chosen : "redis-server";
  }

  [[noreturn]] static void run(std::vector<std::string>& words) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::freopen("/dev/null", "w", stdout) == nullptr)
      ::_exit(126);
    std::vector<char*> pointers;
    for (auto& word : words)
      pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execvp(pointers[0], pointers.data());
    ::_exit(127);
  }

  static std::string run(redisContext* context,
                         const std::vector<std::string>& words) {
    std::vector<const char*> pointers;
    std::vector<std::size_t> lengths;
    for (const auto& word : words) {
      pointers.push_back(word.data());
      lengths.push_back(word.size());
    }
    auto* reply = static_cast<redisReply*>(
      ::redisCommandArgv(context, static_cast<int>(words.size()),
                         pointers.data(), lengths.data()));
    if (reply == nullptr)
      return "no reply";
    auto result = text(*reply);
    ::freeReplyObject(reply);
    return result;
  }

  /// An array comes as its elements with blanks between.
  static std::string text(const redisReply& reply) {
    if (reply.type == REDIS_REPLY_INTEGER)
      return std::to_string(reply.integer);
    if (reply.type != REDIS_REPLY_ARRAY)
      return {reply.str, reply.len};
    std::string result;
    for (std::size_t i = 0; i < reply.elements; ++i)
      result += (i == 0 ? "" : " ") + text(*reply.element[i]);
    return result;
  }

  bool answers() {
    auto* context = ::redisConnectWithTimeout("127.0.0.1", port_, {1, 0});
    const auto good =
      context != nullptr && context->err == 0
      && run(context, {"PING"}).find_first_of("PN") != std::string::npos;
    ::redisFree(context);
    return good;
  }

  std::uint16_t port_;
  std::vector<std::string> extra_;
  std::string directory_;
  pid_t pid_ = 0;
};

/// Returns the server that all cases of this program share, emptied. It stays
/// as it is: a case that stops or configures a server starts one of its own.
inline redis_server& shared_redis() {
  static redis_server result;
  result.command({"FLUSHALL"});
  return result;
}

} // namespace rookery::test
