// SPDX-License-Identifier: MIT
#pragma once

#include "kube/config/kubeconfig.hpp"
#include "kube/text/yaml_fields.hpp"

#include <string>

namespace kprofefe::kube {

/// Reads `node`, the mapping `user` of an entry of `users`, into `user`.
void read_user(YamlFields& fields, const YAML::Node& node, User& user);

/// Makes a relative `path` that the kubeconfig `file` holds absolute, by the
/// folder of that file; an empty one stays.
void resolve_path(std::string& path, const std::string& file);

}  // namespace kprofefe::kube
