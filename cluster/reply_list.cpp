#include "cluster/reply_list.hpp"

#include "actors/json_writer.hpp"

#include <utility>

namespace rookery {

std::shared_ptr<reply_list> reply_list::make(std::string_view name,
                                             std::size_t expected, done then) {
  std::shared_ptr<reply_list> result{
    new reply_list{name, expected, std::move(then)}};
  if (expected == 0)
    result->finish();
  return result;
}

void reply_list::set(std::size_t number, std::string_view member,
                     const api_reply& reply) {
  append_batched(texts_[number], member, reply);
  if (--missing_ == 0)
    finish();
}

void reply_list::finish() {
  std::string out;
  json_object_writer fields{out};
  auto& list = fields.key(name_);
  list += '[';
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    if (i > 0)
      list += ',';
    list += texts_[i];
  }
  list += ']';
  fields.end();
  then_(std::move(out));
}

} // namespace rookery
