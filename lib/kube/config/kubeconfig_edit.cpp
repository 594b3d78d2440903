// SPDX-License-Identifier: MIT
#include "kube/config/kubeconfig_edit.hpp"

#include "base/fd.hpp"
#include "base/file.hpp"
#include "base/replace_file.hpp"
#include "base/text_file.hpp"
#include "kube/config/kubeconfig_file.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

std::unexpected<Error> no_place() {
  return fail(
      ErrorKind::config,
      "cannot tell where new tokens belong in the user's auth-provider: "
      "unsupported layout; write its config as lines of key: value");
}

/// auth-provider.config of the user; undefined when there is none.
YAML::Node find_config(const YAML::Node& root, const std::string& user) {
  for (const auto& item : root["users"]) {
    if (item.IsMap() && item["name"] && item["name"].Scalar() == user) {
      return item["user"]["auth-provider"]["config"];
    }
  }
  return YAML::Node(YAML::NodeType::Undefined);
}

/// Behind an anchor and a tag, which stay.
std::size_t skip_properties(std::string_view text, std::size_t begin) {
  while (begin < text.size() && (text[begin] == '&' || text[begin] == '!')) {
    const auto space = text.find(' ', begin);
    begin = std::min(text.find_first_not_of(' ', space), text.size());
  }
  return begin;
}

/// Where a literal or folded scalar ends, whose lines are indented more than
/// the `column` of its key.
std::size_t end_of_block(std::string_view text, std::size_t begin,
                         std::size_t column) {
  auto end = std::min(text.find('\n', begin), text.size());
  for (auto next = end; next < text.size();) {
    const auto first = text.find_first_not_of(' ', next + 1);
    if (first == std::string_view::npos) {
      break;
    }
    const auto line_end = std::min(text.find('\n', first), text.size());
    const bool is_blank = text[first] == '\n' || text[first] == '\r';
    if (!is_blank && first - next - 1 <= column) {
      break;
    }
    end = is_blank ? end : line_end;
    next = line_end;
  }
  return end;
}

/// Where the scalar that begins at `begin` ends.
std::optional<std::size_t> end_of_scalar(std::string_view text,
                                         std::size_t begin,
                                         std::size_t column) {
  if (begin >= text.size()) {
    return std::nullopt;
  }
  const char first = text[begin];
  std::size_t end = 0;
  if (first == '|' || first == '>') {
    return end_of_block(text, begin, column);
  }
  if (first == '"' || first == '\'') {
    end = text.find(first, begin + 1);
    return end == std::string_view::npos ? std::nullopt
                                         : std::optional(end + 1);
  }
  end = text.find_first_of(" \r\n,}", begin);
  return end == std::string_view::npos ? text.size() : end;
}

bool replace(std::string& text, const YAML::Node& key, const YAML::Node& value,
             const std::string& by) {
  const auto begin =
      skip_properties(text, static_cast<std::size_t>(value.Mark().pos));
  const auto end =
      end_of_scalar(text, begin, static_cast<std::size_t>(key.Mark().column));
  if (!end) {
    return false;
  }
  text.replace(begin, *end - begin, fmt::format("\"{}\"", by));
  return true;
}

/// Before the first field, in its manner.
void insert(std::string& text, const YAML::Node& config, const std::string& key,
            const std::string& value) {
  const YAML::Mark mark = config.begin()->first.Mark();
  const bool flow = config.Style() == YAML::EmitterStyle::Flow;
  const std::string field =
      flow ? fmt::format(R"("{}": "{}", )", key, value)
           : fmt::format(
                 "{}: \"{}\"\n{}", key, value,
                 std::string(static_cast<std::size_t>(mark.column), ' '));
  text.insert(static_cast<std::size_t>(mark.pos), field);
}

/// One field. The text is read anew for each: places move.
Result<std::string> set_field(std::string text, const std::string& user,
                              const std::string& key,
                              const std::string& value) {
  const YAML::Node root = YAML::Load(text);
  const YAML::Node config = find_config(root, user);
  if (!config.IsMap() || config.size() == 0) {
    return no_place();
  }
  for (const auto& field : config) {
    if (field.first.Scalar() == key) {
      const bool replaced = field.second.IsScalar() &&
                            replace(text, field.first, field.second, value);
      return replaced ? Result<std::string>(std::move(text)) : no_place();
    }
  }
  insert(text, config, key, value);
  return text;
}

/// Whether `text` is a kubeconfig in which the user has these fields.
bool has_fields(const std::string& text, const std::string& user,
                const ProviderFields& fields) {
  const Result<Kubeconfig> config = parse_kubeconfig(text, "");
  if (!config || !config->users.contains(user)) {
    return false;
  }
  const auto& provider = config->users.at(user).auth_provider;
  return std::ranges::all_of(fields, [&](const auto& field) {
    return provider && provider->config.contains(field.first) &&
           provider->config.at(field.first) == field.second;
  });
}

std::string lock_of(const std::string& file) {
  return file + ".lock";
}

std::unexpected<Error> cannot_open(const std::string& path, int error) {
  return fail(ErrorKind::io,
              fmt::format("open {}: {}", path, errno_text(error)));
}

/// kubectl's lock: whoever creates the file has it.
class Lock {
 public:
  explicit Lock(const std::string& file) : path_(lock_of(file)) {
    constexpr mode_t k_nobody = 0;
    held_ = static_cast<bool>(
        Fd(::open(path_.c_str(), O_CREAT | O_EXCL | O_CLOEXEC, k_nobody)));
    error_ = errno;
  }

  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  ~Lock() {
    if (held_) {
      ::unlink(path_.c_str());
    }
  }

  [[nodiscard]] Result<void> outcome() const {
    if (!held_) {
      return cannot_open(path_, error_);
    }
    return {};
  }

 private:
  std::string path_;
  bool held_ = false;
  int error_ = 0;
};

/// The text that the file is to have.
Result<std::string> edit_file(const std::string& file, const std::string& user,
                              const ProviderFields& fields) {
  TRY_ASSIGN(const std::string text, read_text_file(file));
  Result<std::string> edited = edit_provider(text, user, fields);
  if (!edited) {
    return std::unexpected(edited.error().with_context(file));
  }
  return edited;
}

}  // namespace

Result<std::string> edit_provider(const std::string& text,
                                  const std::string& user,
                                  const ProviderFields& fields) {
  std::string edited = text;
  try {
    for (const auto& [key, value] : fields) {
      TRY_ASSIGN(edited, set_field(std::move(edited), user, key, value));
    }
  } catch (const YAML::Exception&) {
    return no_place();
  }
  if (!has_fields(edited, user, fields)) {
    return no_place();
  }
  return edited;
}

Result<void> can_save_provider(const std::string& file, const std::string& user,
                               const ProviderFields& fields) {
  TRY(edit_file(file, user, fields));
  // The lock is not taken: another, which has its new tokens already, would
  // fail to keep them.
  const std::string lock = lock_of(file);
  const std::string folder =
      std::filesystem::absolute(lock).parent_path().string();
  if (::access(lock.c_str(), F_OK) == 0) {
    return cannot_open(lock, EEXIST);
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    return cannot_open(lock, errno);
  }
  return ::access(file.c_str(), W_OK) == 0 ? Result<void>()
                                           : cannot_open(file, errno);
}

Result<void> save_provider(const std::string& file, const std::string& user,
                           const ProviderFields& fields) {
  const Lock lock(file);
  TRY(lock.outcome());
  TRY_ASSIGN(const std::string edited, edit_file(file, user, fields));
  return replace_file(file, edited);
}

}  // namespace kprofefe::kube
