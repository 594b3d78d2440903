// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/gathering.hpp"

#include "async/interrupt.hpp"
#include "async/loop.hpp"
#include "base/result.hpp"
#include "http/client.hpp"
#include "profefe/client.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kprofefe::cmd {

/// Reads profiles over HTTP: from profefe, or from whoever serves one. Catches
/// signals from its making on. Errors of all: as profefe::Client.
class RemoteSources {
 public:
  explicit RemoteSources(const Context& context);

  /// What a GET of the URL answers. Errors also: not_found.
  Result<void> add_url(const std::string& url, Gathering& gathering);

  /// A stored profile. Errors also: not_found.
  Result<void> add_stored(const std::string& hostport, const std::string& id,
                          Gathering& gathering);

  /// All that the query finds; what cannot be had is noted and missed. Errors
  /// also: not_found, when the query finds nothing.
  Result<void> add_query(const std::string& hostport,
                         const profefe::ProfileQuery& query,
                         Gathering& gathering);

 private:
  Result<void> open(const std::string& hostport);
  Result<void> add_all(const std::vector<profefe::StoredProfile>& found,
                       Gathering& gathering);

  const Context& context_;
  async::Loop loop_;
  async::Interrupt interrupt_{loop_};
  http::Client http_;
  std::optional<profefe::Client> profefe_;
};

}  // namespace kprofefe::cmd
