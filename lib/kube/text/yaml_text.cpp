// SPDX-License-Identifier: MIT
#include "kube/text/yaml_text.hpp"

namespace kprofefe::kube {

std::string with_last_line(std::string text) {
  text += text.ends_with('\n') ? "#" : "\n#";
  return text;
}

YAML::Node load_yaml(const std::string& text) {
  if (text.ends_with('\n')) {
    return YAML::Load(with_last_line(text));
  }
  // Another line end would be one of a literal scalar's, so that this is only
  // to see. What breaks off within braces, as JSON, is seen without.
  YAML::Node root = YAML::Load(text);
  if (!text.ends_with('}') && !text.ends_with(']')) {
    static_cast<void>(YAML::Load(with_last_line(text)));
  }
  return root;
}

std::string_view yaml_words(const YAML::Exception& error) {
  return error.msg == YAML::ErrorMsg::EOF_IN_SCALAR
             ? "found unexpected end of stream"
             : std::string_view(error.msg);
}

}  // namespace kprofefe::kube
