// SPDX-License-Identifier: MIT
#include "base/sink_buffer.hpp"
#include "flame/flame.hpp"
#include "flame/tree.hpp"
#include "flame/words.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::flame {
namespace {

/// Stands for the frames of samples without any: no line may be without.
constexpr std::string_view k_no_stack = "(no stack)";

/// Writes one line after the other, the stacks by the names of their frames.
class Lines {
 public:
  Lines(const Tree& tree, std::size_t type, const Words& words,
        const Sink& sink)
      : tree_(&tree), type_(type), words_(&words), pieces_(sink) {}

  bool write() {
    write_line(0);
    for (std::size_t i = 1; i < tree_->nodes.size() && pieces_.pass_on(); ++i) {
      path_.resize(tree_->nodes[i].depth - 1);
      path_.push_back(tree_->nodes[i].frame);
      write_line(i);
    }
    return pieces_.flush();
  }

 private:
  void write_line(std::size_t node) {
    const std::int64_t value = words_->number(tree_->values[type_][node]);
    const std::int64_t base =
        tree_->compares() ? words_->number(tree_->base_values[type_][node]) : 0;
    if (value == 0 && base == 0) {
      return;
    }
    if (path_.empty()) {
      pieces_.text() += k_no_stack;
    }
    for (std::size_t i = 0; i < path_.size() && pieces_.pass_on(); ++i) {
      pieces_.text() += i == 0 ? "" : ";";
      pieces_.text() += tree_->frames.names.at(path_[i]);
    }
    pieces_.text() += tree_->compares() ? fmt::format(" {} {}\n", base, value)
                                        : fmt::format(" {}\n", value);
  }

  const Tree* tree_;
  std::size_t type_;
  const Words* words_;
  SinkBuffer pieces_;
  std::vector<FrameId> path_;
};

}  // namespace

std::string folded_name(std::string_view name) {
  std::string text(name);
  for (char& c : text) {
    if (c == ';') {
      c = ':';
    } else if (static_cast<unsigned char>(c) < 0x20) {
      c = ' ';
    }
  }
  return text;
}

bool render_folded(const Tree& tree, const pprof::Profile& profile,
                   const Options& options, const Sink& sink) {
  const std::size_t type = options.sample_index;
  const Words words(tree, profile, type, options);
  return Lines(tree, type, words, sink).write();
}

}  // namespace kprofefe::flame
