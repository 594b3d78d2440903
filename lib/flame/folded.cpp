// SPDX-License-Identifier: MIT
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

/// Collects a line's parts, so that the sink has few and large pieces.
class Pieces {
 public:
  explicit Pieces(const Sink& sink) : sink_(&sink) {}

  void add(std::string_view text) {
    constexpr std::size_t k_enough = std::size_t{64} << 10;
    buffer_ += text;
    if (buffer_.size() >= k_enough) {
      flush();
    }
  }

  void flush() {
    is_taken_ = is_taken_ && (*sink_)(buffer_);
    buffer_.clear();
  }

  [[nodiscard]] bool is_taken() const { return is_taken_; }

 private:
  const Sink* sink_;
  std::string buffer_;
  bool is_taken_ = true;
};

/// Writes one line after the other, the stacks by the names of their frames.
class Lines {
 public:
  Lines(const Tree& tree, std::size_t type, const Words& words,
        const Sink& sink)
      : tree_(&tree), type_(type), words_(&words), pieces_(sink) {}

  bool write() {
    for (std::size_t i = 1; i < tree_->nodes.size() && pieces_.is_taken();
         ++i) {
      path_.resize(tree_->nodes[i].depth - 1);
      path_.push_back(tree_->nodes[i].frame);
      write_line(i);
    }
    pieces_.flush();
    return pieces_.is_taken();
  }

 private:
  void write_line(std::size_t node) {
    const std::int64_t value = words_->number(tree_->values[type_][node]);
    const std::int64_t base =
        tree_->compares() ? words_->number(tree_->base_values[type_][node]) : 0;
    if (value == 0 && base == 0) {
      return;
    }
    for (std::size_t i = 0; i < path_.size() && pieces_.is_taken(); ++i) {
      pieces_.add(i == 0 ? "" : ";");
      pieces_.add(tree_->frames.names.at(path_[i]));
    }
    pieces_.add(tree_->compares() ? fmt::format(" {} {}\n", base, value)
                                  : fmt::format(" {}\n", value));
  }

  const Tree* tree_;
  std::size_t type_;
  const Words* words_;
  Pieces pieces_;
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
