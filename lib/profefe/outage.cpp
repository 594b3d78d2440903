// SPDX-License-Identifier: MIT
#include "profefe/outage.hpp"

#include <algorithm>

namespace kprofefe::profefe {

void Outage::end(Time now) {
  if (since_) {
    spent_ += now - *since_;
    since_.reset();
  }
  last_answer_ = now;
}

void Outage::note_failure(Time start) {
  if (!since_ && !has_answered_since(start)) {
    since_ = start;
  }
}

Outage::Duration Outage::left(Time now) const {
  const Duration away = spent_ + (since_ ? now - *since_ : Duration{});
  return patience_ - std::min(patience_, away);
}

bool Outage::may_probe(Time now) {
  constexpr std::chrono::seconds k_interval{5};
  if (last_probe_ && now - *last_probe_ < k_interval) {
    return false;
  }
  last_probe_ = now;
  return true;
}

}  // namespace kprofefe::profefe
