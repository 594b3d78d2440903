// SPDX-License-Identifier: MIT
#include "kube/auth/credentials.hpp"

#include "base/base64.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::kube {
namespace {

class Fixed final : public CredentialSource {
 public:
  explicit Fixed(std::string authorization)
      : proof_({.authorization = std::move(authorization)}) {}

  async::Task<Result<Credential>> current(Access /*access*/) override {
    co_return proof_;
  }

  async::Task<Result<bool>> renew(Access /*access*/,
                                  Credential /*rejected*/) override {
    co_return false;
  }

 private:
  Credential proof_;
};

/// Not a byte in it that could end the header or start another; bytes beyond
/// ASCII may be, as for Go (RFC 9110, 5.5: obs-text).
bool fits_in_header(std::string_view token) {
  return std::ranges::all_of(token, [](unsigned char c) {
    return c == '\t' || (c >= ' ' && c != 0x7f);
  });
}

}  // namespace

std::shared_ptr<CredentialSource> fixed_credentials(std::string authorization) {
  return std::make_shared<Fixed>(std::move(authorization));
}

Result<std::string> bearer(std::string_view token) {
  if (!fits_in_header(token)) {
    return fail(ErrorKind::config,
                "the token contains line breaks or control characters");
  }
  // A header cannot end in spaces; within it they stay, as client-go has it.
  const std::string header = fmt::format("Bearer {}", token);
  return std::string(trim(header));
}

std::string basic(std::string_view username, std::string_view password) {
  return "Basic " + encode_base64(fmt::format("{}:{}", username, password));
}

}  // namespace kprofefe::kube
