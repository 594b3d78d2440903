// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"
#include "profile_input.hpp"

#include "pprof/check.hpp"
#include "pprof/foreign.hpp"
#include "pprof/trace_batches.hpp"
#include "pprof/wire/field_walker.hpp"

#include <string_view>

namespace {

using namespace kprofefe::pprof;

FieldWalker walk(std::string_view message, std::size_t piece_bytes) {
  FieldWalker walker(FieldWalker::Into::samples);
  while (!message.empty() && walker.feed(message.substr(0, piece_bytes))) {
    message.remove_prefix(std::min(piece_bytes, message.size()));
  }
  return walker;
}

/// It does not matter where a message is cut into pieces.
void check_pieces(std::string_view message, std::size_t piece_bytes) {
  const FieldWalker whole = walk(message, message.size() + 1);
  const FieldWalker pieces = walk(message, piece_bytes);
  check(whole.error() == pieces.error());
  check(whole.offset() == pieces.offset());
  check(whole.at_field_end() == pieces.at_field_end());
  check(whole.has_sample_types() == pieces.has_sample_types());
  check(parsed_bytes(whole.counts()) == parsed_bytes(pieces.counts()));
}

/// What passes is not foreign from its start, and can be read without the
/// limits too; what does not pass says why.
void check_verdict(std::string_view body) {
  static BodyChecker checker(
      {.max_inflated_bytes = 1U << 20, .max_parsed_bytes = 1U << 16});
  const auto content = checker.check(body);
  if (!content) {
    check(content.error().message.size() >= 10);
    return;
  }
  check(checker.excess() == Excess::none);
  check(check_start(body).has_value());
  check(*content == Content::trace || inflate_body(body, 1U << 20).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const auto input =
      cut_input(data, size, [](std::size_t) { return std::size_t{0}; });
  check_pieces(input.tail, 1 + input.first % 8);
  check_verdict(input.tail);
  if (is_trace(input.tail)) {
    const auto end = walk_trace(input.tail);
    check(end || end.error().message.size() >= 10);
  }
  return 0;
}
