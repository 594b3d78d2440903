// SPDX-License-Identifier: MIT
#include "kube/pod_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kprofefe::kube {
namespace {

/// nlohmann's events to ours.
class Events final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Events(PodReader& reader, std::string_view json, const std::string& name)
      : reader_(reader), json_(json), name_(name) {}

  [[nodiscard]] const Result<void>& outcome() const { return outcome_; }

  bool null() override { return reader_.null(); }

  bool boolean(bool value) override {
    return reader_.scalar(value ? "true" : "false");
  }

  bool number_integer(number_integer_t value) override {
    return reader_.skipping() || reader_.scalar(std::to_string(value));
  }

  bool number_unsigned(number_unsigned_t value) override {
    return reader_.skipping() || reader_.scalar(std::to_string(value));
  }

  bool number_float(number_float_t /*value*/, const string_t& text) override {
    return reader_.skipping() || reader_.scalar(std::string(text));
  }

  bool string(string_t& value) override {
    return reader_.skipping() || reader_.scalar(std::move(value));
  }

  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(std::size_t /*size*/) override {
    return reader_.begin_object();
  }

  bool key(string_t& value) override {
    reader_.key(value);
    return true;
  }

  bool end_object() override { return reader_.end(); }

  bool start_array(std::size_t /*size*/) override {
    return reader_.begin_array();
  }

  bool end_array() override { return reader_.end(); }

  /// The library's own text repeats what it read, which may be anything.
  bool parse_error(std::size_t position, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    if (position > json_.size()) {
      outcome_ = fail(ErrorKind::malformed,
                      fmt::format("{}: the JSON ends in the middle, after {} "
                                  "bytes",
                                  name_, json_.size()));
      return false;
    }
    const std::string_view read = json_.substr(0, position);
    const auto line = std::ranges::count(read, '\n') + 1;
    const auto line_start = read.rfind('\n');
    const std::size_t column = line_start == std::string_view::npos
                                   ? position
                                   : position - line_start - 1;
    outcome_ = fail(ErrorKind::malformed,
                    fmt::format("{}: line {}, column {}: this is not JSON",
                                name_, line, column));
    return false;
  }

 private:
  PodReader& reader_;
  std::string_view json_;
  const std::string& name_;
  Result<void> outcome_;
};

}  // namespace

Result<std::string> read_pods_json(std::string_view json,
                                   const std::string& name, OnPod on_pod) {
  PodReader reader(name, std::move(on_pod));
  Events events(reader, json, name);
  nlohmann::json::sax_parse(json.begin(), json.end(), &events);
  TRY(reader.outcome());
  TRY(events.outcome());
  return reader.next_page();
}

}  // namespace kprofefe::kube
