// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "http/url.hpp"
#include "kube/auth/credentials.hpp"
#include "kube/cluster_choice.hpp"
#include "kube/config/context.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kprofefe::kube {

/// Everything that is needed to talk to one API server as one user.
struct ClusterConfig {
  http::Url server;  ///< a path is a prefix of every API path (Rancher)
  std::shared_ptr<const http::Tls> tls;
  std::shared_ptr<CredentialSource>
      credentials;    ///< never null, shared by copies
  std::string proxy;  ///< as http::Request has it; empty: none
  /// Go with every request: impersonation.
  http::Headers headers;
  /// Where to look when no namespace is named; a valid name.
  std::string ns;

  /// For messages: `context "dev" of /home/me/.kube/config`.
  std::string source;
  /// What the server's certificate is verified with.
  std::string ca_source;
  /// The credentials we send: `the token of user "x" in FILE`; empty: none.
  std::string identity;
  /// Which client certificate the server may be shown, which may be a plugin's
  /// and beside a token: `the client certificate of user "x"`; empty: none.
  std::string certificate;
  /// There are credentials, but they are not sent without TLS.
  bool withholds_identity = false;
  /// We run in a pod of that very cluster, with its service account.
  bool in_cluster = false;
  std::vector<std::string> warnings;
};

}  // namespace kprofefe::kube
