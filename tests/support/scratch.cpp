// SPDX-License-Identifier: MIT
#include "support/scratch.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace kprofefe::test {

Scratch::Scratch() {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "kprofefe-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("mkdtemp failed for " + pattern);
  }
  path_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Scratch::operator/(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

std::string Scratch::write(std::string_view name,
                           std::string_view content) const {
  const std::string path = *this / name;
  std::filesystem::create_directories(
      std::filesystem::path(path).parent_path());
  std::ofstream file(path, std::ios::binary);
  file << content;
  return path;
}

}  // namespace kprofefe::test
