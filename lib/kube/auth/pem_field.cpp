// SPDX-License-Identifier: MIT
#include "kube/auth/pem_field.hpp"

#include "base/base64.hpp"
#include "base/file.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace kprofefe::kube {

Result<std::string> read_pem(const PemField& field) {
  std::string pem;
  std::string what;
  if (!field.data.empty()) {
    what = fmt::format("{}: {}-data", field.entry, field.name);
    std::optional<std::string> decoded = decode_base64(field.data);
    if (!decoded) {
      return fail(ErrorKind::config, what + " is not valid base64");
    }
    pem = *std::move(decoded);
  } else if (!field.file.empty()) {
    what = fmt::format("{}: {} {}", field.entry, field.name, field.file);
    Result<std::string> content = read_file(field.file);
    if (!content) {
      return fail(ErrorKind::config,
                  fmt::format("{}: unable to read {}: {}", field.entry,
                              field.name, content.error().message));
    }
    pem = *std::move(content);
  } else {
    return pem;
  }
  TRY(field.check(pem, what));
  return pem;
}

}  // namespace kprofefe::kube
