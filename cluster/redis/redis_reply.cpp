#include "cluster/redis/redis_reply.hpp"

#include <new>

namespace rookery {

namespace {

/// Text storage that a reply keeps; larger storage is freed.
constexpr std::size_t kept_bytes = 64 * 1024;

redis_reply& reply_of(const redisReadTask* task) noexcept {
  return *static_cast<redis_reply*>(task->privdata);
}

std::size_t depth_of(const redisReadTask& task) noexcept {
  std::size_t depth = 0;
  for (const auto* above = task.parent; above != nullptr; above = above->parent)
    ++depth;
  return depth;
}

/// Returns true for types of RESP2. It encodes nil as a text or an array of
/// length -1; type NIL is RESP3.
bool is_resp2(int type) noexcept {
  return type <= REDIS_REPLY_ERROR && type != REDIS_REPLY_NIL;
}

redis_reply::kind text_kind(int type) noexcept {
  switch (type) {
  case REDIS_REPLY_ERROR:
    return redis_reply::kind::error;
  case REDIS_REPLY_STATUS:
    return redis_reply::kind::status;
  default:
    return redis_reply::kind::text;
  }
}

} // namespace

struct redis_reply::builder {
  static void* create_text(const redisReadTask* task, char* bytes,
                           std::size_t size) {
    auto& reply = reply_of(task);
    if (!reply.admits(*task, size))
      return nullptr;
    const auto offset = reply.texts_.size();
    try {
      reply.texts_.append(bytes, size);
    } catch (const std::bad_alloc&) {
      return nullptr;
    }
    return reply.add(*task, {text_kind(task->type), offset, size, 0});
  }

  /// The type of `size` differs between the versions of hiredis.
  static void* create_array(const redisReadTask* task, auto size) {
    auto& reply = reply_of(task);
    if (!reply.admits(*task, 0))
      return nullptr;
    const auto count = static_cast<std::size_t>(size);
    const auto& bounds = reply.limits_;
    const auto present = reply.elements_.size() + reply.announced_ + 1;
    if (depth_of(*task) > bounds.depth || count > bounds.elements
        || present + count > bounds.elements) {
      reply.refused_ = refusal::elements;
      return nullptr;
    }
    auto* result =
      reply.add(*task, {kind::array, 0, 0, static_cast<long long>(size)});
    reply.announced_ += count;
    return result;
  }

  static void* create_integer(const redisReadTask* task, long long value) {
    auto& reply = reply_of(task);
    if (!reply.admits(*task, 0))
      return nullptr;
    return reply.add(*task, {kind::integer, 0, 0, value});
  }

  static void* create_nil(const redisReadTask* task) {
    auto& reply = reply_of(task);
    if (!reply.admits(*task, 0))
      return nullptr;
    return reply.add(*task, {kind::nil, 0, 0, 0});
  }

  static void* refuse(const redisReadTask* task, auto...) {
    reply_of(task).refused_ = refusal::type;
    return nullptr;
  }

  static void free_object(void*) {}

  /// This is a template because hiredis before 1.0 has no doubles and booleans.
  template <class Functions>
  static Functions functions() noexcept {
    Functions result{};
    result.createString = create_text;
    result.createArray = create_array;
    result.createInteger = create_integer;
    result.createNil = create_nil;
    result.freeObject = free_object;
    if constexpr (requires { result.createDouble; }) {
      result.createDouble = refuse;
      result.createBool = refuse;
    }
    return result;
  }
};

redisReplyObjectFunctions* redis_reply::functions() noexcept {
  static auto result = builder::functions<redisReplyObjectFunctions>();
  return &result;
}

void redis_reply::forget() noexcept {
  elements_.clear();
  texts_.clear();
  if (texts_.capacity() > kept_bytes)
    texts_.shrink_to_fit();
  announced_ = 0;
  refused_ = refusal::none;
}

std::string_view redis_reply::text(std::size_t index) const noexcept {
  const auto& what = elements_[index];
  return std::string_view{texts_}.substr(what.offset, what.length);
}

bool redis_reply::is_list_of(std::size_t count) const noexcept {
  if (size() != count + 1 || type(0) != kind::array
      || number(0) != static_cast<long long>(count))
    return false;
  for (std::size_t i = 1; i <= count; ++i)
    if (type(i) == kind::array)
      return false;
  return true;
}

bool redis_reply::admits(const redisReadTask& task,
                         std::size_t bytes) noexcept {
  if (task.parent == nullptr)
    forget();
  if (!is_resp2(task.type))
    refused_ = refusal::type;
  else if (bytes > limits_.bytes || texts_.size() + bytes > limits_.bytes)
    refused_ = refusal::bytes;
  return refused_ == refusal::none;
}

void* redis_reply::add(const redisReadTask& task, element what) noexcept {
  if (task.parent != nullptr)
    --announced_;
  try {
    elements_.push_back(what);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
  return this;
}

} // namespace rookery
