// SPDX-License-Identifier: MIT
#include "term/line_history.hpp"

#include "base/fd.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "base/user_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstddef>
#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

namespace kprofefe::term {
namespace {

std::string join(std::span<const std::string> lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line;
    text += '\n';
  }
  return text;
}

}  // namespace

LineHistory::LineHistory(std::string folder)
    : folder_(std::move(folder)), path_(folder_ + "/shell_history") {}

Result<std::vector<std::string>> LineHistory::load() const {
  std::vector<std::string> lines;
  if (folder_.empty()) {
    return lines;
  }
  const Result<std::string> text = read_file(path_);
  if (!text) {
    if (text.error().kind == ErrorKind::not_found) {
      return lines;
    }
    return std::unexpected(text.error());
  }
  for (const std::string_view line : split(*text, '\n')) {
    if (!line.empty()) {
      lines.emplace_back(line);
    }
  }
  const bool is_long = lines.size() > 2 * k_kept;
  if (lines.size() > k_kept) {
    lines.erase(lines.begin(), lines.end() - std::ptrdiff_t{k_kept});
  }
  if (is_long) {
    cut(lines);
  }
  return lines;
}

/// It may also be cut another time: whether that works is not told.
void LineHistory::cut(const std::vector<std::string>& lines) const {
  std::error_code ignored;
  if (write_file(path_, join(lines))) {
    std::filesystem::permissions(path_,
                                 std::filesystem::perms::owner_read |
                                     std::filesystem::perms::owner_write,
                                 ignored);
  }
}

Result<void> LineHistory::add(std::string_view line) const {
  if (folder_.empty()) {
    return {};
  }
  TRY(make_private_folder(folder_));
  const Fd file(::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
                       S_IRUSR | S_IWUSR));
  // One write, so that lines of two shells do not mix.
  const std::string text = std::string(line) + "\n";
  if (!file || !write_all(file.get(), text)) {
    return write_error(path_);
  }
  return {};
}

}  // namespace kprofefe::term
