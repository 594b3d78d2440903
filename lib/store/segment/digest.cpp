// SPDX-License-Identifier: MIT
#include "store/segment/digest.hpp"

#include "store/segment/little_endian.hpp"
#include "store/segment/nanoseconds.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <string>

namespace kprofefe::store {
namespace {

/// A SHA-256 under way. SHA-256 is part of every OpenSSL that links, so what
/// is left to fail is memory.
class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    require(context_ != nullptr);
    require(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }

  void add(std::string_view bytes) {
    require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  }

  /// Length first: where one ends and the next begins is part of it.
  void add_text(std::string_view text) {
    add_number(text.size());
    add(text);
  }

  void add_number(std::uint64_t number) {
    std::string bytes;
    append_little_endian(bytes, number);
    add(bytes);
  }

  std::uint64_t finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    require(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1);
    std::uint64_t first = 0;
    for (std::size_t i = 0; i < sizeof(first); ++i) {
      first = first << 8 | digest[i];
    }
    return first;
  }

 private:
  static void require(bool holds) {
    if (!holds) {
      throw std::bad_alloc();
    }
  }

  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::uint64_t digest_of(std::string_view bytes) {
  Sha256 sha;
  sha.add(bytes);
  return sha.finish();
}

std::uint64_t digest_of(const NewProfile& profile) {
  Sha256 sha;
  const Series& series = profile.series;
  sha.add_text(series.service);
  sha.add_text(series.type);
  sha.add_number(series.labels.size());
  for (const Label& label : series.labels) {
    sha.add_text(label.key);
    sha.add_text(label.value);
  }
  sha.add_number(profile.created_on_arrival ? 0 : 1);
  if (!profile.created_on_arrival) {
    sha.add_number(
        static_cast<std::uint64_t>(nanoseconds_of(profile.created_at)));
  }
  sha.add_text(profile.body);
  return sha.finish();
}

}  // namespace kprofefe::store
