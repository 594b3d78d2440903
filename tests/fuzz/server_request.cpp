// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"

#include "server/access/cookie.hpp"
#include "server/http1/request_reader.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace {

using namespace kprofefe::server;

constexpr RequestLimits k_limits = {.max_header_bytes = 512,
                                    .max_body_bytes = 64};

/// What became of the bytes.
struct Outcome {
  bool is_complete = false;
  Request request;
  std::size_t taken = 0;
};

/// As a connection does it: `piece` bytes at a time, with a capped buffer.
Outcome read(std::string_view bytes, std::size_t piece) {
  RequestReader reader(k_limits);
  std::size_t begin = 0;
  std::size_t end = 0;
  while (!reader.refusal() && !reader.is_complete()) {
    check(end - begin <= k_limits.max_header_bytes);
    const std::size_t taken = reader.read(bytes.substr(begin, end - begin));
    check(taken <= end - begin);
    begin += taken;
    if (taken > 0 || reader.refusal()) {
      continue;
    }
    const std::size_t more = std::min(
        {piece, bytes.size() - end, k_limits.max_header_bytes - (end - begin)});
    if (more == 0) {
      check(end == bytes.size());  // a full buffer is no standstill
      break;
    }
    end += more;
  }
  Outcome outcome{.is_complete = reader.is_complete(), .taken = begin};
  if (reader.is_complete()) {
    outcome.request = reader.take();
  }
  return outcome;
}

void check_request(const Request& request) {
  check(request.path.starts_with('/'));
  check(!request.path.contains("/../") && !request.path.ends_with("/.."));
  check(!request.path.contains('\0') && !request.path.contains('\\'));
  check(request.body.size() <= k_limits.max_body_bytes);
  for (const auto& [name, value] : request.headers) {
    check(!name.empty() && !value.contains('\n') && !value.contains('\r'));
  }
  for (const std::string_view value : cookie_values(request.headers, "a")) {
    check(!value.contains(';'));
  }
}

}  // namespace

/// A request is the same however its bytes arrive, and is one that we can
/// serve.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Outcome whole = read(bytes, std::max<std::size_t>(size, 1));
  if (whole.is_complete) {
    check_request(whole.request);
  }
  for (const std::size_t piece : {1U, 7U}) {
    const Outcome parts = read(bytes, piece);
    check(parts.is_complete == whole.is_complete);
    if (whole.is_complete) {
      check(parts.taken == whole.taken);
      check(parts.request.path == whole.request.path);
      check(parts.request.query == whole.request.query);
      check(parts.request.headers == whole.request.headers);
      check(parts.request.body == whole.request.body);
    }
  }
  return 0;
}
