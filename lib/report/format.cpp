// SPDX-License-Identifier: MIT
#include "report/format.hpp"

#include "base/choice.hpp"
#include "report/json.hpp"
#include "report/locations.hpp"
#include "report/table.hpp"

#include <array>
#include <utility>

namespace kprofefe::report {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 5> k_formats = {
    {{"table", Format::table},
     {"wide", Format::wide},
     {"json", Format::json},
     {"name", Format::name},
     {"lines", Format::lines}}};

}  // namespace

Result<Format> parse_format(std::string_view name) {
  return parse_choice(name, k_formats);
}

std::unique_ptr<Writer> make_writer(Format format, const Head& head,
                                    Writer::Out out) {
  switch (format) {
    case Format::table:
    case Format::wide:
      return table_writer(format == Format::wide, head.colour, std::move(out));
    case Format::json:
      return json_writer(head, std::move(out));
    case Format::name:
    case Format::lines:
      break;
  }
  return location_writer(format == Format::lines, std::move(out));
}

}  // namespace kprofefe::report
