#pragma once

#include <cmath>
#include <cstdlib>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace rookery::test {

/// A strict parser of Prometheus' text format: throws `std::runtime_error` with
/// the line if anything is out of order.
class metrics_parser {
public:
  explicit metrics_parser(const std::string& text) {
    if (text.empty() || text.back() != '\n')
      throw std::runtime_error{"the last line must end"};
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);)
      read(line);
    end_family();
  }

  /// Samples by name and labels as written in the text.
  double value(const std::string& sample) const {
    const auto found = samples_.find(sample);
    if (found == samples_.end())
      throw std::runtime_error{"no sample " + sample};
    return found->second;
  }

  bool has_family(const std::string& name) const {
    return families_.count(name) > 0;
  }

  const std::set<std::string>& families() const { return families_; }

private:
  struct bucket {
    double limit;
    double count;
  };

  struct histogram {
    std::vector<bucket> buckets;
    int sums = 0;
    double count = -1;
  };

  [[noreturn]] static void fail(const std::string& what) {
    throw std::runtime_error{what};
  }

  void read(const std::string& line) {
    static const std::regex help{"# HELP ([a-z_:][a-z0-9_:]*) (\\S.*)"};
    static const std::regex type{
      "# TYPE ([a-z_:][a-z0-9_:]*) (counter|gauge|histogram)"};
    std::smatch parts;
    if (std::regex_match(line, parts, help)) {
      end_family();
      name_ = parts[1];
      if (!families_.insert(name_).second)
        fail("family twice: " + line);
    } else if (std::regex_match(line, parts, type)) {
      if (parts[1] != name_ || !type_.empty())
        fail("TYPE not behind its HELP: " + line);
      type_ = parts[2];
      const auto is_total = name_.ends_with("_total");
      if (is_total != (type_ == "counter"))
        fail("counters end in _total: " + line);
    } else {
      read_sample(line);
    }
  }

  void read_sample(const std::string& line) {
    static const std::regex sample{
      "([a-z_:][a-z0-9_:]*)(\\{[^{}]*\\})? ([0-9.e+-]+|\\+Inf|NaN)"};
    static const std::regex labels{"\\{([a-z_]+=\"([^\"\\\\]|\\\\.)*\")(,[a-z_]"
                                   "+=\"([^\"\\\\]|\\\\.)*\")*\\}"};
    std::smatch parts;
    if (type_.empty() || !std::regex_match(line, parts, sample))
      fail("no sample: " + line);
    const std::string with = parts[2];
    if (!with.empty() && !std::regex_match(with, labels))
      fail("bad labels: " + line);
    if (!samples_.emplace(parts[1].str() + with, number(parts[3])).second)
      fail("sample twice: " + line);
    if (type_ == "histogram")
      read_part(parts[1], with, number(parts[3]), line);
    else if (parts[1] != name_)
      fail("not of this family: " + line);
  }

  static double number(const std::string& text) {
    char* end = nullptr;
    const auto result = std::strtod(text.c_str(), &end);
    if (*end != '\0')
      fail("no number: " + text);
    return result;
  }

  void read_part(const std::string& name, std::string with, double value,
                 const std::string& line) {
    static const std::regex le{",?le=\"([^\"]+)\"\\}$"};
    std::smatch limit;
    if (name == name_ + "_bucket") {
      if (!std::regex_search(with, limit, le))
        fail("bucket without limit: " + line);
      const auto bound = number(limit[1]);
      with = with.substr(0, static_cast<std::size_t>(limit.position()));
      with = with == "{" ? "" : with + "}";
      histograms_[with].buckets.push_back({bound, value});
    } else if (name == name_ + "_sum") {
      ++histograms_[with].sums;
    } else if (name == name_ + "_count") {
      histograms_[with].count = value;
    } else {
      fail("not of this family: " + line);
    }
  }

  void end_family() {
    if (!name_.empty() && type_.empty())
      fail("family without TYPE: " + name_);
    for (const auto& [with, each] : histograms_) {
      const auto& all = each.buckets;
      if (all.empty() || all.back().limit != HUGE_VAL)
        fail("no +Inf: " + name_ + with);
      for (std::size_t i = 1; i < all.size(); ++i)
        if (all[i].limit <= all[i - 1].limit || all[i].count < all[i - 1].count)
          fail("buckets not cumulative: " + name_ + with);
      if (each.sums != 1 || each.count != all.back().count)
        fail("sum or count wrong: " + name_ + with);
    }
    histograms_.clear();
    type_.clear();
  }

  std::string name_;
  std::string type_;
  std::set<std::string> families_;
  std::map<std::string, double> samples_;
  std::map<std::string, histogram> histograms_; // of this family, by labels
};

} // namespace rookery::test
