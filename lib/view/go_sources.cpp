// SPDX-License-Identifier: MIT
#include "view/go_sources.hpp"

#include "base/file.hpp"
#include "base/path.hpp"
#include "base/text.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <system_error>

namespace kprofefe::view {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::string find_goroot(const Env& env) {
  if (const auto named = env.get("GOROOT")) {
    return *named;
  }
  for (const std::string_view folder :
       split(env.get("PATH").value_or(""), ':')) {
    std::error_code error;
    const fs::path go = fs::canonical(fs::path(folder) / "go", error);
    const fs::path root = go.parent_path().parent_path();
    if (!error && is_folder(root / "src")) {
      return root.string();
    }
  }
  return {};
}

std::string find_modcache(const Env& env) {
  if (const auto named = env.get("GOMODCACHE")) {
    return *named;
  }
  if (const auto path = env.get("GOPATH")) {
    return path->substr(0, path->find(':')) + "/pkg/mod";
  }
  return env.home().empty() ? "" : env.home() + "/go/pkg/mod";
}

/// The import path that a go.mod begins with.
std::optional<std::string> module_in(const std::string& go_mod) {
  constexpr std::size_t k_largest = std::size_t{1} << 20;
  constexpr std::string_view k_module = "module ";
  const Result<std::string> text = read_file(go_mod, k_largest);
  if (!text) {
    return std::nullopt;
  }
  for (const std::string_view line : split(*text, '\n')) {
    if (line.starts_with(k_module)) {
      std::string_view name = trim(line.substr(k_module.size()));
      name = trim(name.substr(0, name.find("//")));
      if (name.size() > 1 && name.starts_with('"')) {
        name = name.substr(1, name.size() - 2);
      }
      return std::string(name);
    }
  }
  return std::nullopt;
}

void find_module(fs::path folder, GoSources& sources) {
  for (;;) {
    if (const auto module = module_in((folder / "go.mod").string())) {
      sources.module = *module;
      sources.module_root = folder.string();
      return;
    }
    if (!folder.has_relative_path()) {
      return;
    }
    folder = folder.parent_path();
  }
}

/// As the module cache spells a module's path: `!a` for `A`; what is behind the
/// version is a path in the module.
std::string escaped(std::string_view file) {
  const auto version = file.find('@');
  std::string text;
  for (const char c : file.substr(0, version)) {
    if (c >= 'A' && c <= 'Z') {
      text += '!';
      text += static_cast<char>(c - 'A' + 'a');
    } else {
      text += c;
    }
  }
  return version == std::string_view::npos
             ? text
             : text + std::string(file.substr(version));
}

/// What is behind `mark`, where that is in the path.
std::optional<std::string_view> behind(std::string_view path,
                                       std::string_view mark) {
  const auto at = path.rfind(mark);
  return at == std::string_view::npos
             ? std::nullopt
             : std::optional(path.substr(at + mark.size()));
}

/// `github.com/x/y/z.go` of `github.com/x/y@v1.2.0/z.go`.
std::string without_version(std::string_view file) {
  const auto at = file.find('@');
  if (at == std::string_view::npos) {
    return std::string(file);
  }
  const auto slash = std::min(file.find('/', at), file.size());
  return std::string(file.substr(0, at)) + std::string(file.substr(slash));
}

/// Of the standard library: the first part of its packages has no dot.
bool is_standard(std::string_view file) {
  return !file.substr(0, file.find('/')).contains('.');
}

/// Collects the paths below the folders that are known.
class Candidates {
 public:
  explicit Candidates(const GoSources& sources) : sources_(sources) {}

  void in_modcache(std::string_view file) {
    add(sources_.modcache, escaped(file));
  }

  void in_vendor(std::string_view file) {
    add(sources_.module_root, "vendor/" + without_version(file));
  }

  void in_goroot(std::string_view file) {
    add(sources_.goroot, "src/" + std::string(file));
  }

  void in_module(std::string_view file) {
    add(sources_.module_root, std::string(file));
  }

  std::vector<std::string> take() { return std::move(paths_); }

 private:
  void add(const std::string& folder, const std::string& file) {
    if (!folder.empty()) {
      paths_.push_back(folder + "/" + file);
    }
  }

  const GoSources& sources_;
  std::vector<std::string> paths_;
};

}  // namespace

GoSources find_go_sources(const Env& env, const std::string& folder) {
  GoSources sources{.goroot = find_goroot(env),
                    .modcache = find_modcache(env),
                    .module = {},
                    .module_root = {}};
  find_module(folder, sources);
  return sources;
}

std::vector<std::string> go_candidates(std::string_view file,
                                       const GoSources& sources) {
  Candidates candidates(sources);
  const std::string& module = sources.module;
  if (!module.empty() && file.starts_with(module + "/")) {
    candidates.in_module(file.substr(module.size() + 1));
  }
  if (const auto cached = behind(file, "/pkg/mod/")) {
    candidates.in_modcache(*cached);
    candidates.in_vendor(*cached);
  } else if (const auto vendored = behind(file, "/vendor/")) {
    candidates.in_vendor(*vendored);
  } else if (!file.starts_with('/')) {
    if (file.contains('@')) {
      candidates.in_modcache(file);
    }
    if (is_standard(file)) {
      candidates.in_goroot(file);
    }
    candidates.in_vendor(file);
  } else if (const auto standard = behind(file, "/src/");
             standard && is_standard(*standard)) {
    candidates.in_goroot(*standard);
  }
  if (!module.empty()) {
    const std::string name = std::string(base_name(module));
    if (const auto own = behind(file, "/" + name + "/")) {
      candidates.in_module(*own);
    }
  }
  return candidates.take();
}

}  // namespace kprofefe::view
