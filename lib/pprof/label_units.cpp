// SPDX-License-Identifier: MIT
#include "pprof/label_units.hpp"

#include <set>

namespace kprofefe::pprof {
namespace {

std::string_view default_unit(std::string_view key) {
  return key == "alignment" || key == "request" ? "bytes" : key;
}

}  // namespace

LabelUnits label_units(const Profile& profile) {
  LabelUnits units;
  std::map<StringId, std::set<std::string_view>> others;
  for (const Sample& sample : profile.samples) {
    for (const Label& label : profile.labels_of(sample)) {
      if (!label.is_number) {
        continue;
      }
      const std::string_view unit = profile.strings.at(label.unit);
      std::string_view& known = units.unit[label.key];
      if (known.empty()) {
        known = unit;
      } else if (!unit.empty() && unit != known) {
        others[label.key].insert(unit);
      }
    }
  }
  for (auto& [key, unit] : units.unit) {
    if (unit.empty()) {
      unit = default_unit(profile.strings.at(key));
    }
  }
  for (const auto& [key, met] : others) {
    units.ignored[key].assign(met.begin(), met.end());
  }
  return units;
}

}  // namespace kprofefe::pprof
