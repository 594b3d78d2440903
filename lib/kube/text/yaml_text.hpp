// SPDX-License-Identifier: MIT
#pragma once

#include <yaml-cpp/yaml.h>

#include <string>
#include <string_view>

namespace kprofefe::kube {

/// The tag of a scalar in quotes.
inline constexpr std::string_view k_not_plain = "!";

/// `text` and a comment. yaml-cpp takes a text that breaks off in its last line
/// for whole - a quoted scalar that is never closed, a key without a colon -
/// unless there is another.
std::string with_last_line(std::string text);

/// YAML::Load for what may break off. Throws YAML::Exception, as that does.
YAML::Node load_yaml(const std::string& text);

/// What yaml-cpp says is wrong, where kubectl has words for it in those.
std::string_view yaml_words(const YAML::Exception& error);

}  // namespace kprofefe::kube
