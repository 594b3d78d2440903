// SPDX-License-Identifier: MIT
#include "report/locations.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace kprofefe::report {
namespace {

class LocationWriter final : public Writer {
 public:
  LocationWriter(bool with_labels, Out out)
      : with_labels_(with_labels), out_(std::move(out)) {}

  void add(const collect::TargetReport& target) override {
    std::string text;
    for (const collect::Row& row : target.rows) {
      const std::string end = with_labels_ ? labels_of(target, row) : "";
      for (const std::string& location : row.locations) {
        text += location + end + "\n";
      }
    }
    out_(text);
  }

  void finish(const std::vector<collect::NotTarget>& /*not_targets*/,
              const collect::Summary& /*summary*/) override {}

 private:
  /// As kube-profefe began it: ` type=heap ...`.
  static std::string labels_of(const collect::TargetReport& target,
                               const collect::Row& row) {
    return fmt::format(" type={} namespace={} pod={}",
                       pprof::kind_name(row.kind), target.target.ns,
                       target.target.pod);
  }

  bool with_labels_;
  Out out_;
};

}  // namespace

std::unique_ptr<Writer> location_writer(bool with_labels, Writer::Out out) {
  return std::make_unique<LocationWriter>(with_labels, std::move(out));
}

}  // namespace kprofefe::report
