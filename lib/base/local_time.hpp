// SPDX-License-Identifier: MIT
#pragma once

#include <ctime>

namespace kprofefe {

/// Date and time of day by the user's clock, with the zone's name and offset:
/// in the zone of $TZ, else the machine's. As for Go, a zone is a file of the
/// time zone database; of one that the machine does not have, and of none at
/// all, the time is UTC.
std::tm local_calendar(std::time_t seconds);

}  // namespace kprofefe
