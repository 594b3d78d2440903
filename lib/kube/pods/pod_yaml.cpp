// SPDX-License-Identifier: MIT
#include "kube/pods/pod_yaml.hpp"

#include "kube/text/yaml_text.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <sstream>
#include <utility>
#include <vector>

namespace kprofefe::kube {
namespace {

/// yaml-cpp's events to ours. Its keys come as scalars, and its parser cannot
/// be stopped: what follows an error is passed over.
class Events final : public YAML::EventHandler {
 public:
  /// The YAML begins at `first_line` of the file.
  Events(const std::string& name, std::size_t first_line, const OnPod& on_pod)
      : name_(name), first_line_(first_line), on_pod_(on_pod) {}

  /// Where `mark` is in the file.
  [[nodiscard]] std::size_t line_of(const YAML::Mark& mark) const {
    return first_line_ + static_cast<std::size_t>(std::max(mark.line, 0));
  }

  [[nodiscard]] const Result<void>& outcome() const { return outcome_; }

  [[nodiscard]] std::size_t documents() const { return documents_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    line_ = line_of(mark);
    reader_.reset();
    in_map_.clear();
  }

  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    // A document without content, as after a last `---`.
    if (in_map_.empty()) {
      return;
    }
    if (is_key()) {
      refuse(mark, "a key is empty");
      return;
    }
    value_done(reader_->null());
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    refuse(mark, "aliases are not supported here");
  }

  void OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/,
                YAML::anchor_t /*anchor*/, const std::string& value) override {
    if (!outcome_) {
      return;
    }
    start_reader();
    if (is_key()) {
      reader_->key(value);
      in_map_.back() = Expect::value;
    } else {
      value_done(reader_->scalar(std::string(value)));
    }
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/,
                       YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {
    begin(mark, Expect::element);
  }

  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/,
                  YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    begin(mark, Expect::key);
  }

  void OnSequenceEnd() override { end(); }

  void OnMapEnd() override { end(); }

 private:
  /// What comes next in the innermost map or sequence.
  enum class Expect : std::uint8_t { key, value, element };

  [[nodiscard]] bool is_key() const {
    return !in_map_.empty() && in_map_.back() == Expect::key;
  }

  void start_reader() {
    if (!reader_) {
      reader_ = std::make_unique<PodReader>(
          fmt::format("{}: document at line {}", name_, line_), on_pod_);
      ++documents_;
    }
  }

  void begin(const YAML::Mark& mark, Expect first) {
    if (!outcome_) {
      return;
    }
    if (is_key()) {
      refuse(mark, "a key is not text");
      return;
    }
    start_reader();
    check(first == Expect::key ? reader_->begin_object()
                               : reader_->begin_array());
    in_map_.push_back(first);
  }

  void end() {
    if (!outcome_) {
      return;
    }
    in_map_.pop_back();
    value_done(reader_->end());
  }

  void value_done(bool goes_on) {
    if (!in_map_.empty() && in_map_.back() == Expect::value) {
      in_map_.back() = Expect::key;
    }
    check(goes_on);
  }

  void check(bool goes_on) {
    if (!goes_on && outcome_) {
      outcome_ = reader_->outcome();
    }
  }

  void refuse(const YAML::Mark& mark, std::string_view why) {
    if (outcome_) {
      outcome_ =
          fail(ErrorKind::malformed,
               fmt::format("{}: line {}: {}", name_, line_of(mark), why));
    }
  }

  const std::string& name_;
  std::size_t first_line_;
  const OnPod& on_pod_;
  std::unique_ptr<PodReader> reader_;  // of the current document
  std::vector<Expect> in_map_;
  std::size_t line_ = 1;
  std::size_t documents_ = 0;
  Result<void> outcome_;
};

}  // namespace

Result<std::size_t> read_pods_yaml(const Document& yaml,
                                   const std::string& name,
                                   const OnPod& on_pod) {
  Events events(name, yaml.line, on_pod);
  try {
    std::istringstream stream(with_last_line(std::string(yaml.text)));
    YAML::Parser parser(stream);
    while (events.outcome() && parser.HandleNextDocument(events)) {
    }
  } catch (const YAML::Exception& error) {
    // What our own events refused came first.
    if (events.outcome()) {
      return fail(ErrorKind::malformed,
                  fmt::format("{}: line {}: {}", name,
                              events.line_of(error.mark), yaml_words(error)));
    }
  }
  TRY(events.outcome());
  return events.documents();
}

}  // namespace kprofefe::kube
