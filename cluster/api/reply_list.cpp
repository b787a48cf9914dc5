#include "cluster/api/reply_list.hpp"

#include "actors/text/json_writer.hpp"

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

std::shared_ptr<reply_list>
reply_list::make_lines(std::size_t expected,
                       std::function<void(std::string)> then) {
  return make({}, expected, [then = std::move(then)](const api_reply& lines) {
    then(std::get<std::string>(lines));
  });
}

void reply_list::set(std::size_t number, std::string_view member,
                     const api_reply& reply) {
  append_batched(texts_[number], member, reply);
  if (--missing_ == 0)
    finish();
}

void reply_list::finish() {
  const auto separator = name_.empty() ? '\n' : ',';
  std::string list;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    if (i > 0)
      list += separator;
    list += texts_[i];
  }
  if (name_.empty())
    return then_(std::move(list));
  std::string out;
  json_object_writer fields{out};
  fields.key(name_).append("[").append(list).append("]");
  fields.end();
  then_(std::move(out));
}

} // namespace rookery
