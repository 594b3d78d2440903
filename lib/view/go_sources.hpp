// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::view {

/// Where Go keeps sources on this machine; what is not known is empty.
struct GoSources {
  std::string goroot;  ///< $GOROOT, else where the `go` on the PATH is from
  std::string
      modcache;        ///< $GOMODCACHE, else $GOPATH/pkg/mod, else ~/go/pkg/mod
  std::string module;  ///< import path of the module of the current folder
  std::string module_root;  ///< where its go.mod is
};

/// `folder` is the current one.
GoSources find_go_sources(const Env& env, const std::string& folder);

/// Where a file may be whose name is from another machine, or was shortened by
/// -trimpath: `net/http/server.go`, `github.com/x/y@v1.2.0/z.go`,
/// `/root/go/pkg/mod/...`, `/usr/local/go/src/...`, a path below the module or
/// its vendor folder. Likely ones first.
std::vector<std::string> go_candidates(std::string_view file,
                                       const GoSources& sources);

}  // namespace kprofefe::view
