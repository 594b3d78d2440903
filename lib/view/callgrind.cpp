// SPDX-License-Identifier: MIT
#include "view/callgrind.hpp"

#include "base/sink_buffer.hpp"
#include "pprof/measurement.hpp"
#include "pprof/scale.hpp"
#include "view/graph/build_graph.hpp"
#include "view/graph/collect.hpp"
#include "view/graph/edges.hpp"

#include <fmt/format.h>

#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kprofefe::view {
namespace {

/// Writes a name in full once, then as its number. An empty one has none.
class NameNumbers {
 public:
  std::string operator()(std::string_view name) {
    if (name.empty()) {
      return {};
    }
    const std::size_t next = numbers_.size() + 1;
    const auto [found, is_new] = numbers_.try_emplace(std::string(name), next);
    return is_new ? fmt::format("({}) {}", next, name)
                  : fmt::format("({})", found->second);
  }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
};

/// What callgrind tells functions by.
using CallgrindName = std::pair<pprof::StringId, pprof::StringId>;

/// What else we tell them by: their caller in a tree, start, and program.
using FunctionKey = std::tuple<std::uint32_t, std::int64_t, pprof::StringId>;

/// Where each function has its place among those of its name.
class Namesakes {
 public:
  explicit Namesakes(const Graph& graph)
      : graph_(graph), callers_(graph.nodes.size(), pprof::k_none) {}

  /// In a tree the same function called by another is another.
  void tell_callers_apart() {
    for (const Edge& edge : graph_.edges) {
      callers_[edge.callee] = edge.caller;
    }
  }

  void number() {
    for (const std::uint32_t id : graph_.order) {
      auto& places = places_[name_of(id)];
      places.try_emplace(key_of(id), places.size() + 1);
    }
  }

  /// ` [2/3]`; empty of one without namesakes. The node is in the order.
  [[nodiscard]] std::string suffix(std::uint32_t id) const {
    const auto& places = places_.at(name_of(id));
    return places.size() < 2
               ? ""
               : fmt::format(" [{}/{}]", places.at(key_of(id)), places.size());
  }

 private:
  [[nodiscard]] CallgrindName name_of(std::uint32_t id) const {
    const NodeInfo& info = graph_.nodes[id].info;
    return {info.file, info.name};
  }

  [[nodiscard]] FunctionKey key_of(std::uint32_t id) const {
    const NodeInfo& info = graph_.nodes[id].info;
    return {callers_[id], info.start_line, info.object};
  }

  const Graph& graph_;
  std::vector<std::uint32_t> callers_;
  std::map<CallgrindName, std::map<FunctionKey, std::size_t>> places_;
};

/// As the distance from the address before, where that is shorter.
std::string address_text(const NodeInfo* before, std::uint64_t address) {
  std::string whole = fmt::format("{:#x}", address);
  if (before == nullptr) {
    return whole;
  }
  if (before->address == address) {
    return "*";
  }
  std::string distance =
      fmt::format("{:+}", static_cast<std::int64_t>(address - before->address));
  return distance.size() < whole.size() ? distance : whole;
}

class CallgrindWriter {
 public:
  explicit CallgrindWriter(const Prepared& prepared)
      : prepared_(prepared),
        graph_(whole_graph(prepared)),
        edges_(graph_),
        is_in_(nodes_in(graph_)),
        format_(choose_format(prepared, graph_, UnitFor::smallest)),
        namesakes_(graph_) {
    if (prepared.options.call_tree) {
      namesakes_.tell_callers_apart();
    }
    namesakes_.number();
  }

  bool write(const Sink& sink) {
    SinkBuffer out(sink);
    fmt::format_to(std::back_inserter(out.text()),
                   "positions: instr line\nevents: {}({})\n",
                   prepared_.sample_type, format_.to);
    for (const std::uint32_t id : graph_.order) {
      append_node(out.text(), id);
      if (!out.pass_on()) {
        return false;
      }
    }
    return out.flush();
  }

 private:
  void append_node(std::string& text, std::uint32_t id) {
    const NodeInfo& info = graph_.nodes[id].info;
    if (before_ == nullptr || before_->object != info.object ||
        before_->file != info.file || before_->name != info.name) {
      fmt::format_to(std::back_inserter(text), "\nob={}\nfl={}\nfn={}\n",
                     objects_(string(info.object)), files_(string(info.file)),
                     names_(string(info.name)));
    }
    fmt::format_to(std::back_inserter(text), "{} {} {}\n",
                   address_text(before_, info.address), info.line,
                   cost(graph_.nodes[id].flat.value()));
    for (const std::uint32_t edge : edges_.out_of(id)) {
      append_call(text, graph_.edges[edge]);
    }
    before_ = &info;
  }

  void append_call(std::string& text, const Edge& edge) {
    const NodeInfo& callee = graph_.nodes[edge.callee].info;
    // How often it was called nobody counted.
    fmt::format_to(
        std::back_inserter(text), "cfl={}\ncfn={}\ncalls=0 {} {}\n* * {}\n",
        files_(string(callee.file)), names_(callee_name(edge.callee)),
        address_text(before_, callee.address), callee.line,
        cost(edge.weight.sum));
  }

  /// pprof writes none of one that is worth nothing.
  [[nodiscard]] std::string callee_name(std::uint32_t id) const {
    return is_in_[id] ? fmt::format("{}{}", string(graph_.nodes[id].info.name),
                                    namesakes_.suffix(id))
                      : "";
  }

  [[nodiscard]] std::string_view string(pprof::StringId id) const {
    return prepared_.profile.strings.at(id);
  }

  [[nodiscard]] std::int64_t cost(std::int64_t value) const {
    return pprof::to_integer(
        pprof::convert(value, format_.from, format_.to).value);
  }

  const Prepared& prepared_;
  Graph graph_;
  EdgeLists edges_;
  std::vector<bool> is_in_;  // by node
  ValueFormat format_;
  Namesakes namesakes_;
  NameNumbers objects_;
  NameNumbers files_;
  NameNumbers names_;
  const NodeInfo* before_ = nullptr;
};

}  // namespace

bool write_callgrind(const Prepared& prepared, const Sink& sink) {
  return CallgrindWriter(prepared).write(sink);
}

}  // namespace kprofefe::view
