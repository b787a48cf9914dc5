#include "apps/rookery-console/session.hpp"

#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/target.hpp"

#include <algorithm>

namespace rookery::console {

namespace {

// The bound on rows collected by --all.
constexpr std::size_t max_rows = 100'000;

void add_silent(json& whole, const json& page) {
  for (const auto& node : rows_of(page, "silent")) {
    auto& known = whole["silent"];
    if (std::find(known.begin(), known.end(), node) == known.end())
      known.push_back(node);
  }
}

} // namespace

status status_of(const failure& problem) {
  switch (problem.why) {
  case failure::reason::none:
    return status::ok;
  case failure::reason::unreachable:
    return status::unreachable;
  case failure::reason::refused:
  case failure::reason::interrupted:
    break;
  }
  return status::refused;
}

void session::move_to(std::unique_ptr<api> node) {
  node_ = std::move(node);
  names_ = {};
  scope_shown_ = false;
}

reply session::learn_names(reply answer) {
  if (answer)
    names_.learn(answer.body);
  else
    fail(answer.problem);
  return answer;
}

reply session::print_json(reply answer) {
  if (answer && screen_.can().json)
    screen_.document(answer.body);
  return answer;
}

reply session::ask(const std::string& target) {
  return print_json(learn_names(node_->get(target)));
}

reply session::act(const std::string& path, const json& body) {
  return print_json(learn_names(node_->post(path, body)));
}

reply session::ask_all(const std::string& target, const char* rows) {
  auto whole = node_->get(target);
  auto page = whole;
  const auto separator = target.find('?') == std::string::npos ? '?' : '&';
  while (whole && !member(page.body, "next").is_null()
         && rows_of(whole.body, rows).size() < max_rows) {
    page = node_->get(target + separator
                      + console::target{""}
                          .with("after", text_of(page.body, "next"))
                          .text()
                          .substr(1));
    if (!page) {
      whole = page;
      break;
    }
    for (const auto& row : rows_of(page.body, rows))
      whole.body[rows].push_back(row);
    add_silent(whole.body, page.body);
  }
  if (whole) {
    whole.body.erase("next");
    if (!member(page.body, "next").is_null())
      whole.body["next"] = member(page.body, "next");
  }
  return print_json(learn_names(std::move(whole)));
}

std::string session::node_of(const json& row) const {
  return names_.name_of(text_of(row, "node"));
}

std::string session::actor_of(const json& row) const {
  const auto* id = row.contains("id") ? "id" : "connection";
  return text_of(row, id) + '@' + node_of(row);
}

status session::done(const reply& answer) {
  std::string silent;
  for (const auto& node : rows_of(answer.body, "silent"))
    silent += (silent.empty() ? "" : ", ") + text_of(node, "name");
  if (!silent.empty())
    screen_.line({"no answer from " + silent, look::bad});
  if (text_of(answer.body, "scope") == "node" && !scope_shown_) {
    scope_shown_ = true;
    screen_.line(
      {"this node only: it has no Redis or no cluster.secret", look::dim});
  }
  return status::ok;
}

status session::fail(const failure& problem) {
  screen_.complain(problem.text);
  return status_of(problem);
}

status session::misused(const std::string& text) {
  screen_.complain(text);
  return status::usage;
}

} // namespace rookery::console
