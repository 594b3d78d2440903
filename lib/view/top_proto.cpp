// SPDX-License-Identifier: MIT
#include "view/top_proto.hpp"

#include "pprof/measurement.hpp"
#include "pprof/scale.hpp"
#include "view/graph/build_graph.hpp"

#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace kprofefe::view {
namespace {

class ProfileBuilder {
 public:
  ProfileBuilder(const Prepared& prepared, const ValueFormat& format)
      : from_(prepared.profile), format_(format) {
    profile_.sample_types = {{add("cum"), add(format.to)},
                             {add("flat"), add(format.to)}};
    profile_.time_nanos = from_.time_nanos;
    profile_.duration_nanos = from_.duration_nanos;
    profile_.period_type = {copy(from_.period_type.type),
                            copy(from_.period_type.unit)};
    profile_.period = from_.period;
  }

  void add_row(const Node& node) {
    const auto number = static_cast<std::uint32_t>(profile_.samples.size());
    profile_.lines.push_back({.function = function_of(node.info),
                              .line = node.info.line,
                              .column = node.info.column});
    profile_.locations.push_back(
        {.address = node.info.address, .first_line = number, .line_count = 1});
    profile_.frames.push_back(number);
    profile_.samples.push_back({.first_frame = number, .frame_count = 1});
    profile_.values.push_back(scaled(node.cum.value()));
    profile_.values.push_back(scaled(node.flat.value()));
  }

  pprof::Profile take() { return std::move(profile_); }

 private:
  pprof::StringId add(std::string_view text) {
    return profile_.strings.add(text);
  }

  pprof::StringId copy(pprof::StringId id) { return add(from_.strings.at(id)); }

  std::uint32_t function_of(const NodeInfo& info) {
    const auto [found, is_new] = functions_.try_emplace(
        {info.name, info.file, info.start_line},
        static_cast<std::uint32_t>(profile_.functions.size()));
    if (is_new) {
      profile_.functions.push_back({.name = copy(info.name),
                                    .file = copy(info.file),
                                    .start_line = info.start_line});
    }
    return found->second;
  }

  [[nodiscard]] std::int64_t scaled(std::int64_t value) const {
    return pprof::to_integer(
        pprof::convert(value, format_.from, format_.to).value);
  }

  const pprof::Profile& from_;
  const ValueFormat& format_;
  pprof::Profile profile_;
  std::map<std::tuple<pprof::StringId, pprof::StringId, std::int64_t>,
           std::uint32_t>
      functions_;
};

}  // namespace

pprof::Profile top_profile(const Prepared& prepared) {
  const Graph graph = trimmed_graph(prepared);
  const ValueFormat format = choose_format(prepared, graph);
  ProfileBuilder builder(prepared, format);
  for (const std::uint32_t id : graph.order) {
    builder.add_row(graph.nodes[id]);
  }
  return builder.take();
}

}  // namespace kprofefe::view
