// SPDX-License-Identifier: MIT
#include "base/local_time.hpp"

#include "base/file.hpp"

#include <cstdlib>
#include <string>

namespace kprofefe {
namespace {

/// Whether the C library would find this zone. What it does not find it reads
/// as a POSIX rule, of which "Europe/Berlin" is one: UTC, called "Europe".
bool is_known(std::string zone) {
  if (zone.starts_with(':')) {
    zone.erase(0, 1);
  }
  if (zone.empty() || zone == "UTC") {
    return false;  // needs no file
  }
  if (!zone.starts_with('/')) {
    const char* const folder = std::getenv("TZDIR");
    zone.insert(0, std::string(folder != nullptr && *folder != '\0'
                                   ? folder
                                   : "/usr/share/zoneinfo") +
                       "/");
  }
  const Result<std::string> rules = read_file(zone);
  return rules && rules->starts_with("TZif");
}

}  // namespace

std::tm local_calendar(std::time_t seconds) {
  std::tm calendar{};
  const char* const zone = std::getenv("TZ");
  if (zone == nullptr || is_known(zone)) {
    ::tzset();
    ::localtime_r(&seconds, &calendar);
    return calendar;
  }
  ::gmtime_r(&seconds, &calendar);
  calendar.tm_zone = "UTC";
  return calendar;
}

}  // namespace kprofefe
