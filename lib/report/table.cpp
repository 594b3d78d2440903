// SPDX-License-Identifier: MIT
#include "report/table.hpp"

#include "base/byte_size.hpp"
#include "base/duration.hpp"
#include "http/url.hpp"
#include "report/groups.hpp"
#include "term/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <utility>

namespace kprofefe::report {
namespace {

using collect::NotTarget;
using collect::Outcome;
using collect::Row;
using collect::TargetReport;
using term::Align;

term::Colour colour_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::failed:
      return term::Colour::red;
    case Outcome::interrupted:
      return term::Colour::yellow;
    case Outcome::skipped:
      return term::Colour::dim;
    case Outcome::stored:
      break;
  }
  return term::Colour::none;
}

/// `skipped: no samples`, or where it is when it is stored; both when one of
/// two sinks has it.
std::string result_of(const Row& row) {
  std::string where = fmt::format("{}", fmt::join(row.locations, " "));
  if (row.outcome == Outcome::stored) {
    return where;
  }
  return fmt::format("{}: {}{}{}", outcome_name(row.outcome), row.reason,
                     where.empty() ? "" : "; stored: ", where);
}

std::string result_of(const NotTarget& pod) {
  return fmt::format("{}: {}", outcome_name(outcome_of(pod)), pod.reason);
}

std::string size_cell(std::size_t bytes) {
  return bytes > 0 ? format_bytes(bytes) : "-";
}

/// The pod's address, by which it was asked where there are several.
std::string address_of(const TargetReport& report) {
  if (!report.address.empty()) {
    return report.address;
  }
  return report.target.ip.empty() ? "-" : report.target.ip;
}

class TableWriter : public Writer {
 public:
  TableWriter(term::Table table, bool colour, Out out)
      : table_(std::move(table)), colour_(colour), out_(std::move(out)) {}

  void finish(const std::vector<NotTarget>& not_targets,
              const collect::Summary& /*summary*/) override {
    for (const NotTarget& pod : not_targets) {
      add_row(cells_of(pod), outcome_of(pod));
    }
    table_.render({colour_}, out_);
  }

 protected:
  void add_row(std::vector<std::string> cells, Outcome outcome) {
    table_.add(std::move(cells), colour_of(outcome));
  }

 private:
  [[nodiscard]] virtual std::vector<std::string> cells_of(
      const NotTarget& pod) const = 0;

  term::Table table_;
  bool colour_;
  Out out_;
};

class NarrowWriter final : public TableWriter {
 public:
  NarrowWriter(bool colour, Out out)
      : TableWriter(
            term::Table({"NAMESPACE", "POD", "PROFILE", "SIZE", "RESULT"},
                        {Align::left, Align::left, Align::left, Align::right}),
            colour, std::move(out)) {}

  void add(const TargetReport& target) override {
    for (const RowGroup& group : group_rows(target)) {
      const Row& row = *group.rows.front();
      add_row({target.target.ns, target.target.pod, group.kinds(),
               size_cell(group.bytes()), result_of(row)},
              row.outcome);
    }
  }

 private:
  [[nodiscard]] std::vector<std::string> cells_of(
      const NotTarget& pod) const override {
    return {namespace_of(pod), pod.pod, "-", "-", result_of(pod)};
  }
};

class WideWriter final : public TableWriter {
 public:
  WideWriter(bool colour, Out out)
      : TableWriter(
            term::Table({"NAMESPACE", "POD", "SERVICE", "ADDRESS", "VIA",
                         "PROFILE", "SIZE", "TOOK", "RESULT"},
                        {Align::left, Align::left, Align::left, Align::left,
                         Align::left, Align::left, Align::right, Align::right}),
            colour, std::move(out)) {}

  void add(const TargetReport& report) override {
    const collect::Target& target = report.target;
    for (const Row& row : report.rows) {
      add_row(
          {target.ns, target.pod, target.service,
           http::authority(address_of(report), target.port),
           std::string(report.via), std::string(pprof::kind_name(row.kind)),
           size_cell(row.bytes), format_duration(row.duration), result_of(row)},
          row.outcome);
    }
  }

 private:
  [[nodiscard]] std::vector<std::string> cells_of(
      const NotTarget& pod) const override {
    return {namespace_of(pod), pod.pod, "-", "-", "-", "-", "-", "-",
            result_of(pod)};
  }
};

}  // namespace

std::unique_ptr<Writer> table_writer(bool wide, bool colour, Writer::Out out) {
  if (wide) {
    return std::make_unique<WideWriter>(colour, std::move(out));
  }
  return std::make_unique<NarrowWriter>(colour, std::move(out));
}

}  // namespace kprofefe::report
