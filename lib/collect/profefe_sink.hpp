// SPDX-License-Identifier: MIT
#pragma once

#include "collect/sink.hpp"
#include "profefe/client.hpp"

#include <memory>

namespace kprofefe::collect {

/// The labels a profile is pushed with, as kube-profefe sets them:
/// from=kube-profefe, namespace, and pod where the service is named by
/// annotation (else the service is the pod's name).
profefe::Labels profile_labels(const Target& target);

/// Pushes profiles to a profefe server; the location is the URL from which
/// the same bytes can be fetched. `client` must outlive the sink.
std::unique_ptr<Sink> profefe_sink(profefe::Client* client);

}  // namespace kprofefe::collect
