// SPDX-License-Identifier: MIT
#include "pprof/trace_batches.hpp"

#include "base/number.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace kprofefe::pprof {
namespace {

constexpr std::size_t k_header_bytes = 16;
constexpr char k_event_batch = 1;
constexpr char k_experimental_batch = 49;
constexpr char k_end_of_generation = 52;

/// What Go calls tracev2.MaxBatchSize.
constexpr std::uint64_t k_max_batch_bytes = 64U << 10;

/// The Go versions whose traces consist of batches, as far as they are known.
constexpr int k_first_with_batches = 22;
constexpr int k_first_with_end_mark = 26;
constexpr int k_last_known = 26;

/// The N of `go 1.N trace`.
int minor_version(std::string_view trace) {
  const std::string_view number =
      trace.substr(std::string_view("go 1.").size());
  return parse_number<int>(number.substr(0, number.find(' '))).value_or(0);
}

/// Walks batches; the trace is broken where it stops before the end.
class BatchWalker {
 public:
  explicit BatchWalker(std::string_view batches) : rest_(batches) {}

  /// Passes over one batch; false when it is not whole, or none.
  bool pass_batch() {
    const char type = rest_.front();
    rest_.remove_prefix(1);
    at_end_mark_ = type == k_end_of_generation;
    if (at_end_mark_) {
      return true;
    }
    if (type == k_experimental_batch) {
      rest_.remove_prefix(rest_.empty() ? 0 : 1);
    } else if (type != k_event_batch) {
      return false;
    }
    // Generation, thread and time; then the size of what follows.
    std::uint64_t number = 0;
    const bool whole = take_number(number) && take_number(number) &&
                       take_number(number) && take_number(number);
    if (!whole || number > k_max_batch_bytes || number > rest_.size()) {
      return false;
    }
    rest_.remove_prefix(number);
    return true;
  }

  [[nodiscard]] bool at_end_mark() const { return at_end_mark_; }

  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  bool take_number(std::uint64_t& number) {
    number = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      number |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) {
        return true;
      }
    }
    return false;
  }

  std::string_view rest_;
  bool at_end_mark_ = false;
};

}  // namespace

Result<TraceEnd> walk_trace(std::string_view trace) {
  const int version = minor_version(trace);
  if (version < k_first_with_batches || version > k_last_known) {
    return TraceEnd::unknown;
  }
  BatchWalker walker(trace.substr(k_header_bytes));
  while (!walker.rest().empty()) {
    const std::size_t at = trace.size() - walker.rest().size();
    if (!walker.pass_batch()) {
      return fail(
          ErrorKind::malformed,
          fmt::format("malformed trace: incomplete batch at byte {} of {}", at,
                      trace.size()));
    }
  }
  if (version < k_first_with_end_mark) {
    return TraceEnd::unknown;
  }
  if (!walker.at_end_mark()) {
    return fail(ErrorKind::malformed,
                fmt::format("malformed trace: unexpected end at byte {}",
                            trace.size()));
  }
  return TraceEnd::marked;
}

}  // namespace kprofefe::pprof
