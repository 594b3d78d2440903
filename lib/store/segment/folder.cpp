// SPDX-License-Identifier: MIT
#include "store/segment/folder.hpp"

#include "base/fd.hpp"
#include "base/number.hpp"
#include "store/segment/io_error.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

namespace kprofefe::store {
namespace {

constexpr std::string_view k_ending = ".seg";

std::optional<std::uint32_t> segment_number(std::string_view name) {
  if (!name.ends_with(k_ending)) {
    return std::nullopt;
  }
  name.remove_suffix(k_ending.size());
  return parse_number<std::uint32_t>(name);
}

/// Calls `see` with the entries. Errors: io.
template <typename See>
Result<void> for_each_entry(const std::string& folder, See&& see) {
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator();
       entry.increment(error)) {
    see(*entry);
  }
  if (error) {
    errno = error.value();
    return io_error("read", folder);
  }
  return {};
}

std::uint64_t size_of(const std::filesystem::directory_entry& entry) {
  std::error_code gone;
  const std::uintmax_t size = entry.file_size(gone);
  return gone ? 0 : size;
}

}  // namespace

std::string segment_path(const std::string& folder, std::uint32_t number) {
  return fmt::format("{}/{:06}{}", folder, number, k_ending);
}

Result<SegmentSizes> list_segments(const std::string& folder) {
  SegmentSizes sizes;
  TRY(for_each_entry(folder, [&](const auto& entry) {
    const auto number = segment_number(entry.path().filename().native());
    if (number) {
      sizes[*number] = size_of(entry);
    }
  }));
  return sizes;
}

Result<std::vector<std::string>> folder_names(const std::string& folder) {
  std::vector<std::string> names;
  TRY(for_each_entry(folder, [&](const auto& entry) {
    std::error_code gone;
    if (entry.is_directory(gone)) {
      names.push_back(entry.path().filename());
    }
  }));
  std::ranges::sort(names);
  return names;
}

Result<std::uint64_t> bytes_in(const std::string& folder) {
  std::uint64_t bytes = 0;
  TRY(for_each_entry(folder,
                     [&](const auto& entry) { bytes += size_of(entry); }));
  return bytes;
}

Result<void> make_folder(const std::string& path) {
  std::error_code error;
  const bool is_new = std::filesystem::create_directories(path, error);
  if (error) {
    errno = error.value();
    return io_error("create", path);
  }
  const std::string above = std::filesystem::path(path).parent_path();
  return is_new ? sync_folder(above.empty() ? "." : above) : Result<void>();
}

Result<void> sync_folder(const std::string& path) {
  const Fd folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder || ::fsync(folder.get()) != 0) {
    return io_error("sync", path);
  }
  return {};
}

}  // namespace kprofefe::store
