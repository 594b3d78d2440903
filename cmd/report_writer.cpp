// SPDX-License-Identifier: MIT
#include "cmd/report_writer.hpp"

#include "cmd/report_json.hpp"
#include "cmd/report_table.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace kprofefe::cmd {
namespace {

/// `name` and `lines`: a line for each place where a profile was stored.
class LocationWriter final : public ReportWriter {
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

std::unique_ptr<ReportWriter> ReportWriter::make(ReportFormat format,
                                                 const ReportHead& head,
                                                 Out out) {
  switch (format) {
    case ReportFormat::table:
    case ReportFormat::wide:
      return table_writer(format == ReportFormat::wide, head.colour,
                          std::move(out));
    case ReportFormat::json:
      return json_writer(head, std::move(out));
    case ReportFormat::name:
    case ReportFormat::lines:
      break;
  }
  return std::make_unique<LocationWriter>(format == ReportFormat::lines,
                                          std::move(out));
}

}  // namespace kprofefe::cmd
