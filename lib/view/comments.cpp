// SPDX-License-Identifier: MIT
#include "view/comments.hpp"

namespace kprofefe::view {

std::string render_comments(const Prepared& prepared) {
  const pprof::Profile& profile = prepared.profile;
  std::string text;
  for (const pprof::StringId comment : profile.comments) {
    text += profile.strings.at(comment);
    text += '\n';
  }
  return text;
}

}  // namespace kprofefe::view
