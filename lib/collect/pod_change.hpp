// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "collect/target.hpp"
#include "kube/api.hpp"

#include <string>

namespace kprofefe::collect {

/// What has happened to the target's pod since it was listed, as far as that
/// explains why it does not answer: `the pod has been deleted`. Empty: nothing,
/// or the API server does not say. Both pointers must outlive the task.
async::Task<std::string> pod_change(kube::Api* api, const Target* target);

}  // namespace kprofefe::collect
