// SPDX-License-Identifier: MIT
#include "view/files/source_reader.hpp"

#include "base/fd.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "view/files/path.hpp"

#include <climits>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <utility>

namespace kprofefe::view {
namespace {

struct OpenFile {
  std::string path;
  Fd fd;
};

OpenFile open_file(std::string path) {
  // A pipe in place of a source file would make us wait for its writer.
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  return {std::move(path), std::move(fd)};
}

/// The file in one of the folders of the search path or above them.
Result<OpenFile> find_file(std::string_view file,
                           const std::vector<std::string>& search_path) {
  for (const std::string& root : search_path) {
    std::string folder(root);
    for (;;) {
      // An empty part of the list is the current folder.
      OpenFile opened = open_file(
          clean_path(folder.empty() ? std::string(file)
                                    : fmt::format("{}/{}", folder, file)));
      if (opened.fd) {
        return opened;
      }
      std::string above = folder_of(folder);
      if (above == folder) {
        break;
      }
      folder = std::move(above);
    }
  }
  return fail(ErrorKind::io, fmt::format("could not find file {} on path {}",
                                         file, fmt::join(search_path, ":")));
}

Result<OpenFile> find_source(std::string_view file,
                             const std::vector<std::string>& search_path) {
  if (!file.starts_with('/')) {
    return find_file(file, search_path);
  }
  OpenFile opened = open_file(std::string(file));
  if (!opened.fd) {
    return fail(ErrorKind::io,
                fmt::format("open {}: {}", file, errno_text(errno)));
  }
  return opened;
}

std::string current_folder() {
  std::array<char, PATH_MAX> buffer{};
  return ::getcwd(buffer.data(), buffer.size()) == nullptr ? "."
                                                           : buffer.data();
}

std::vector<std::string> lines_in(std::string_view text) {
  // Nor does pprof read on.
  constexpr std::size_t k_longest_line = 65536;
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find('\n'), text.size());
    if (size >= k_longest_line) {
      break;
    }
    std::string_view line = text.substr(0, size);
    text.remove_prefix(std::min(size + 1, text.size()));
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    lines.emplace_back(line);
  }
  return lines;
}

}  // namespace

SourceReader::SourceReader(std::vector<std::string> search_path,
                           std::vector<std::string> trim_path,
                           GoSources go_sources)
    : search_path_(std::move(search_path)),
      trim_path_(std::move(trim_path)),
      go_sources_(std::move(go_sources)) {
  if (search_path_.empty()) {
    search_path_.push_back(current_folder());
  }
}

const Result<std::vector<std::string>>& SourceReader::lines_of(
    std::string_view file) {
  std::string key(file);
  const auto found = files_.find(key);
  if (found != files_.end()) {
    return found->second;
  }
  auto lines = read(key);
  return files_.emplace(std::move(key), std::move(lines)).first->second;
}

Result<std::vector<std::string>> SourceReader::read(
    const std::string& file) const {
  constexpr std::size_t k_largest_source = std::size_t{64} << 20;
  Result<OpenFile> found =
      find_source(trimmed_path(file, trim_path_, search_path_), search_path_);
  for (const std::string& path : go_candidates(file, go_sources_)) {
    if (found) {
      break;
    }
    OpenFile opened = open_file(path);
    if (opened.fd) {
      found = std::move(opened);
    }
  }
  TRY_ASSIGN(const OpenFile opened, std::move(found));
  TRY_ASSIGN(const std::string text,
             read_all(opened.fd.get(), opened.path, k_largest_source));
  return lines_in(text);
}

}  // namespace kprofefe::view
