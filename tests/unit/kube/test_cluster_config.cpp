// SPDX-License-Identifier: MIT
#include "pem_texts.hpp"

#include "kube/cluster_config.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::kube {
namespace {

using kprofefe::test::Scratch;

/// A kubeconfig with one context, x: cluster c, user u.
std::string kubeconfig(const std::string& cluster, const std::string& user,
                       const std::string& ns = "") {
  return "clusters: [{name: c, cluster: " + cluster +
         "}]\nusers: [{name: u, user: " + user +
         "}]\ncontexts: [{name: x, context: {cluster: c, user: u" +
         (ns.empty() ? "" : ", namespace: " + ns) + "}}]\ncurrent-context: x\n";
}

/// A machine of its own: home folder, root folder, environment.
struct World {
  Scratch scratch;
  Env env;

  World() {
    env.variables["HOME"] = scratch.path();
    env.root = scratch / "root";
  }

  std::string home(const std::string& text) const {
    return scratch.write(".kube/config", text);
  }

  void make_pod() {
    env.variables["KUBERNETES_SERVICE_HOST"] = "10.96.0.1";
    env.variables["KUBERNETES_SERVICE_PORT"] = "443";
    account("token", "pod-token\n");
    account("ca.crt", test::k_certificate);
    account("namespace", "of-pod\n");
  }

  void account(const std::string& name, std::string_view text) const {
    static_cast<void>(scratch.write(
        "root/var/run/secrets/kubernetes.io/serviceaccount/" + name, text));
  }

  Result<ClusterConfig> resolve(const ClusterChoice& choice = {}) const {
    return resolve_cluster(choice, env);
  }
};

TEST_SUITE_BEGIN("kube::resolve_cluster");

TEST_CASE("a context gives server, trust, credentials and namespace") {
  World world;
  const std::string file = world.home(kubeconfig(
      "{server: 'https://host:6443/k8s/clusters/c-x/', tls-server-name: k, "
      "certificate-authority: ca.crt}",
      "{token: t0ken}", "web"));
  static_cast<void>(world.scratch.write(".kube/ca.crt", test::k_certificate));

  const Result<ClusterConfig> cluster = world.resolve();

  REQUIRE(cluster);
  CHECK(http::origin(cluster->server) == "https://host:6443");
  CHECK(cluster->server.path == "/k8s/clusters/c-x");
  CHECK(cluster->tls->ca_pem == test::k_certificate);
  CHECK(cluster->tls->server_name == "k");
  CHECK_FALSE(cluster->tls->insecure);
  CHECK(cluster->credentials->authorization() == "Bearer t0ken");
  CHECK(cluster->ns == "web");
  CHECK_FALSE(cluster->in_cluster);
  CHECK(cluster->source == "context \"x\" of " + file);
  CHECK(cluster->ca_source == world.scratch / ".kube/ca.crt");
  CHECK(cluster->identity == "the token of user \"u\" in " + file);
}

TEST_CASE("data fields hold certificates and keys") {
  World world;
  const std::string file = world.home(kubeconfig(
      "{server: 'https://host', certificate-authority-data: " +
          std::string(test::k_certificate_data) + "}",
      "{client-certificate-data: " + std::string(test::k_certificate_data) +
          ", client-key-data: " + std::string(test::k_key_data) + "}"));

  const Result<ClusterConfig> cluster = world.resolve();

  REQUIRE(cluster);
  CHECK(cluster->tls->ca_pem == test::k_certificate);
  CHECK(cluster->tls->client_cert_pem == test::k_certificate);
  CHECK(cluster->tls->client_key_pem == test::k_key);
  CHECK(cluster->credentials->authorization().empty());
  CHECK(cluster->identity == "the client certificate of user \"u\" in " + file);
  CHECK(cluster->ca_source ==
        "certificate-authority-data of cluster \"c\" in " + file);
  CHECK(cluster->ns == "default");
}

TEST_CASE("a token file is the source, the token beside it the reserve") {
  World world;
  static_cast<void>(world.home(
      kubeconfig("{server: 'https://h'}", "{token: t, tokenFile: tok}")));

  CHECK(world.resolve()->credentials->authorization() == "Bearer t");
  static_cast<void>(world.scratch.write(".kube/tok", "of-file"));
  CHECK(world.resolve()->credentials->authorization() == "Bearer of-file");
}

TEST_CASE("a server without a scheme is https when TLS is configured") {
  struct Row {
    const char* cluster;
    const char* origin;
  };

  const Row rows[] = {
      {"{server: 'host:8080'}", "http://host:8080"},
      {"{server: host}", "http://host"},
      {"{server: host, insecure-skip-tls-verify: true}", "https://host"},
      {"{server: '10.0.0.1:6443', insecure-skip-tls-verify: true}",
       "https://10.0.0.1:6443"},
      {"{server: '[fd00::1]:6443', insecure-skip-tls-verify: true}",
       "https://[fd00::1]:6443"},
      {"{server: 'https://host?a=b'}", "https://host"},
      {"{server: 'http://localhost:8001/api-prefix'}", "http://localhost:8001"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.cluster);
    World world;
    static_cast<void>(world.home(kubeconfig(row.cluster, "{}")));
    const Result<ClusterConfig> cluster = world.resolve();
    REQUIRE(cluster);
    CHECK(http::origin(cluster->server) == row.origin);
    CHECK(cluster->server.query.empty());
  }
}

TEST_CASE("nothing secret is used over http") {
  World world;
  static_cast<void>(world.home(
      kubeconfig("{server: 'http://h'}",
                 "{token: t, client-certificate: /nope, client-key: /nope}")));

  const Result<ClusterConfig> cluster = world.resolve();

  REQUIRE(cluster);
  CHECK(cluster->credentials->authorization().empty());
  CHECK(cluster->tls->client_cert_pem.empty());
  CHECK(cluster->identity.empty());
}

TEST_CASE("another context and namespace can be chosen") {
  World world;
  static_cast<void>(world.home(
      "clusters: [{name: a, cluster: {server: 'http://a'}}, {name: b, "
      "cluster: {server: 'http://b'}}]\n"
      "contexts: [{name: a, context: {cluster: a}}, {name: b, context: "
      "{cluster: b, namespace: nb}}]\ncurrent-context: a\n"));

  CHECK(world.resolve()->server.host == "a");
  CHECK(world.resolve({.context = "b"})->server.host == "b");
  CHECK(world.resolve({.context = "b"})->ns == "nb");
  CHECK(world.resolve({.context = "b", .ns = "other"})->ns == "other");
  CHECK(world.resolve({.ns = "ns/other"})->ns == "other");
  CHECK(world.resolve({.ns = "Namespace/other"})->ns == "other");
  CHECK(world.resolve({.ns = "namespaces/other"})->ns == "other");
}

TEST_CASE("a bad namespace is refused where it was written") {
  World world;
  static_cast<void>(
      world.home(kubeconfig("{server: 'http://h'}", "{}", "Web")));

  const Result<ClusterConfig> of_file = world.resolve();
  REQUIRE_FALSE(of_file);
  CHECK(of_file.error().kind == ErrorKind::config);
  CHECK(of_file.error().message.starts_with(
      "namespace \"Web\" is no valid name"));
  for (const char* ns : {"a/b", "../x", "pod/x", "ns/", "a?b"}) {
    CAPTURE(ns);
    const Result<ClusterConfig> of_flag = world.resolve({.ns = ns});
    REQUIRE_FALSE(of_flag);
    CHECK(of_flag.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("what is wrong with a context is said with its names") {
  const std::string cert(test::k_certificate_data);
  const std::string key(test::k_key_data);

  struct Row {
    const char* name;
    std::string text;
    std::string message;  // FILE stands for the kubeconfig, DIR its folder
  };

  const std::string https = "{server: 'https://h'}";
  const Row rows[] = {
      {"no current context", "contexts: [{name: a}, {name: b}]",
       "no context is chosen: name one with --context or kubectl config "
       "use-context; FILE has: a, b"},
      {"current context missing", "current-context: q\ncontexts: [{name: a}]",
       "context \"q\" does not exist (the current-context of FILE); FILE has: "
       "a"},
      {"no contexts", "current-context: q",
       "context \"q\" does not exist (the current-context of FILE); FILE has "
       "no contexts"},
      {"no cluster named", "current-context: a\ncontexts: [{name: a}]",
       "cluster was not specified for context \"a\" of FILE"},
      {"cluster missing",
       "current-context: a\ncontexts: [{name: a, context: {cluster: c}}]",
       R"(cluster "c" was not found for context "a" of FILE)"},
      {"user missing",
       "current-context: a\nclusters: [{name: c, cluster: {server: s}}]\n"
       "contexts: [{name: a, context: {cluster: c, user: u}}]",
       R"(user "u" was not found for context "a" of FILE)"},
      {"no server", kubeconfig("{}", "{}"),
       "cluster \"c\" in FILE has no server"},
      {"bad server", kubeconfig("{server: 'ftp://h'}", "{}"),
       "cluster \"c\" in FILE: server: \"ftp://h\": the scheme must be http or "
       "https, not ftp"},
      {"ca and insecure",
       kubeconfig("{server: h, insecure-skip-tls-verify: true, "
                  "certificate-authority-data: " +
                      cert + "}",
                  "{}"),
       "cluster \"c\" in FILE: specifying a root certificates file with the "
       "insecure flag is not allowed: remove certificate-authority or "
       "insecure-skip-tls-verify"},
      {"ca twice",
       kubeconfig("{server: h, certificate-authority: x, "
                  "certificate-authority-data: " +
                      cert + "}",
                  "{}"),
       "cluster \"c\" in FILE: certificate-authority-data and "
       "certificate-authority are both specified; remove one of them"},
      {"ca unreadable",
       kubeconfig("{server: h, certificate-authority: x.crt}", "{}"),
       "cluster \"c\" in FILE: unable to read certificate-authority: open "
       "DIR/x.crt: no such file or directory"},
      {"ca no base64",
       kubeconfig("{server: h, certificate-authority-data: '!!'}", "{}"),
       "cluster \"c\" in FILE: certificate-authority-data is not valid base64"},
      {"ca no certificate",
       kubeconfig("{server: h, certificate-authority-data: Zm9v}", "{}"),
       "cluster \"c\" in FILE: certificate-authority-data holds no certificate "
       "(PEM, -----BEGIN CERTIFICATE-----)"},
      {"proxy-url",
       kubeconfig("{server: 'https://h', proxy-url: 'http://p'}", "{}"),
       "cluster \"c\" in FILE uses proxy-url, which this version does not "
       "support"},
      {"exec", kubeconfig(https, "{exec: {command: aws}}"),
       "user \"u\" in FILE uses exec (a credential plugin), which this version "
       "does not support"},
      {"auth-provider", kubeconfig(https, "{auth-provider: {name: gcp}}"),
       "user \"u\" in FILE uses auth-provider (a legacy credential plugin), "
       "which this version does not support"},
      {"password", kubeconfig(https, "{username: a, password: s3cret}"),
       "user \"u\" in FILE uses username (basic authentication), which this "
       "version does not support"},
      {"impersonation", kubeconfig(https, "{token: t, as: jane}"),
       "user \"u\" in FILE uses as (impersonation), which this version does "
       "not support"},
      {"cert without key",
       kubeconfig(https, "{client-certificate-data: " + cert + "}"),
       "user \"u\" in FILE: client-key-data or client-key must be specified to "
       "use the client certificate"},
      {"cert twice",
       kubeconfig(https, "{client-certificate: a, client-certificate-data: " +
                             cert + ", client-key: a}"),
       "user \"u\" in FILE: client-certificate-data and client-certificate are "
       "both specified; remove one of them"},
      {"no key in the key",
       kubeconfig(https, "{client-certificate-data: " + cert +
                             ", client-key-data: " + cert + "}"),
       "user \"u\" in FILE: client-key-data holds no private key (PEM, "
       "-----BEGIN PRIVATE KEY-----)"},
      {"no certificate in the certificate",
       kubeconfig(https, "{client-certificate-data: " + key +
                             ", client-key-data: " + key + "}"),
       "user \"u\" in FILE: client-certificate-data holds no certificate (PEM, "
       "-----BEGIN CERTIFICATE-----)"},
      {"key unreadable",
       kubeconfig(https, "{client-certificate-data: " + cert +
                             ", client-key: /nope/k}"),
       "user \"u\" in FILE: unable to read client-key: open /nope/k: no such "
       "file or directory"},
      {"token file missing", kubeconfig(https, "{tokenFile: tok}"),
       "user \"u\" in FILE: open DIR/tok: no such file or directory"},
      {"token with a line end", kubeconfig(https, R"({token: "s3cret\nb"})"),
       "user \"u\" in FILE: the token holds spaces, line ends or control "
       "bytes"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    World world;
    const std::string file = world.home(row.text);
    std::string expected = row.message;
    for (const auto& [word, value] :
         {std::pair<std::string, std::string>{"FILE", file},
          {"DIR", world.scratch / ".kube"}}) {
      for (auto at = expected.find(word); at != std::string::npos;
           at = expected.find(word, at + value.size())) {
        expected.replace(at, word.size(), value);
      }
    }
    const Result<ClusterConfig> cluster = world.resolve();
    REQUIRE_FALSE(cluster);
    CHECK(cluster.error().kind == ErrorKind::config);
    CHECK(cluster.error().message == expected);
    CHECK(cluster.error().message.find("s3cret") == std::string::npos);
  }
}

TEST_CASE("only the chosen context must be in order") {
  World world;
  static_cast<void>(world.home(
      kubeconfig("{server: 'https://h'}", "{token: t}") + "extensions: []\n"));
  const std::string other = world.scratch.write(
      "other",
      "clusters: [{name: d, cluster: {server: 'ftp://x', "
      "certificate-authority-data: '!!'}}]\n"
      "users: [{name: v, user: {exec: {command: aws}}}]\n"
      "contexts: [{name: y, context: {cluster: d, user: v}}]\n");
  world.env.variables["KUBECONFIG"] =
      (world.scratch / ".kube/config") + ":" + other;

  CHECK(world.resolve());
  CHECK_FALSE(world.resolve({.context = "y"}));
}

TEST_CASE("an unknown context is named with those there are") {
  World world;
  const std::string file = world.home(kubeconfig("{server: s}", "{}"));

  const Result<ClusterConfig> cluster = world.resolve({.context = "prod"});

  REQUIRE_FALSE(cluster);
  CHECK(cluster.error().message ==
        "context \"prod\" does not exist; " + file + " has: x");
  World empty;
  const Result<ClusterConfig> none = empty.resolve({.context = "prod"});
  REQUIRE_FALSE(none);
  CHECK(none.error().message ==
        "context \"prod\" does not exist: no kubeconfig was found, or it is "
        "empty");
}

TEST_CASE("with nothing configured the error says what to do") {
  World world;

  const Result<ClusterConfig> nothing = world.resolve();
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().kind == ErrorKind::config);
  CHECK(nothing.error().message ==
        "invalid configuration: no configuration has been provided: there is "
        "no " +
            (world.scratch / ".kube/config") +
            ", and this is no pod of a cluster; name a kubeconfig with "
            "--kubeconfig or KUBECONFIG");

  world.env.variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
  world.env.variables["KUBERNETES_SERVICE_PORT"] = "443";
  const Result<ClusterConfig> no_token = world.resolve();
  REQUIRE_FALSE(no_token);
  CHECK(no_token.error().message.find(
            "/serviceaccount/token (is automountServiceAccountToken off?)") !=
        std::string::npos);
}

TEST_CASE("KUBERNETES_MASTER names a server when nothing else does") {
  World world;
  world.env.variables["KUBERNETES_MASTER"] = "http://localhost:8001";

  const Result<ClusterConfig> cluster = world.resolve();

  REQUIRE(cluster);
  CHECK(http::origin(cluster->server) == "http://localhost:8001");
  CHECK(cluster->identity.empty());
}

TEST_CASE("a pod uses its service account") {
  World world;
  world.make_pod();

  const Result<ClusterConfig> cluster = world.resolve();

  REQUIRE(cluster);
  CHECK(http::origin(cluster->server) == "https://10.96.0.1");
  CHECK(cluster->credentials->authorization() == "Bearer pod-token");
  CHECK(cluster->tls->ca_pem == test::k_certificate);
  CHECK(cluster->ca_source.ends_with("serviceaccount/ca.crt"));
  CHECK(cluster->ns == "of-pod");
  CHECK(cluster->source == "the service account of this pod");
  CHECK(cluster->in_cluster);
  CHECK(cluster->warnings.empty());

  CHECK(world.resolve({.ns = "other"})->ns == "other");
  world.env.variables["POD_NAMESPACE"] = "of-variable";
  CHECK(world.resolve()->ns == "of-variable");
}

TEST_CASE("an IPv6 service address is bracketed") {
  World world;
  world.make_pod();
  world.env.variables["KUBERNETES_SERVICE_HOST"] = "fd00:10:96::1";
  world.env.variables["KUBERNETES_SERVICE_PORT"] = "6443";

  CHECK(http::origin(world.resolve()->server) ==
        "https://[fd00:10:96::1]:6443");
}

TEST_CASE("what is wrong with a pod's service account is said") {
  World world;
  world.make_pod();
  for (const char* port : {"0", "70000", "https", "tcp://10.0.0.1:443"}) {
    CAPTURE(port);
    world.env.variables["KUBERNETES_SERVICE_PORT"] = port;
    const Result<ClusterConfig> cluster = world.resolve();
    REQUIRE_FALSE(cluster);
    CHECK(cluster.error().message.find("are no address") != std::string::npos);
  }
  world.env.variables["KUBERNETES_SERVICE_PORT"] = "443";
  world.account("token", "");
  const Result<ClusterConfig> empty = world.resolve();
  REQUIRE_FALSE(empty);
  CHECK(empty.error().message.starts_with("the service account's token: "));
}

TEST_CASE("without a usable ca.crt a pod tries the system's certificates") {
  World world;
  world.make_pod();
  world.account("ca.crt", "rubbish");

  const Result<ClusterConfig> cluster = world.resolve();

  REQUIRE(cluster);
  CHECK(cluster->tls->ca_pem.empty());
  CHECK(cluster->ca_source == "the system's certificates");
  REQUIRE(cluster->warnings.size() == 1);
  CHECK(cluster->warnings[0].find("ca.crt holds no certificate") !=
        std::string::npos);
}

TEST_CASE("which configuration comes first depends on who asks") {
  World world;
  world.make_pod();
  static_cast<void>(world.home(kubeconfig("{server: 'http://home'}", "{}")));
  const std::string other =
      world.scratch.write("other", kubeconfig("{server: 'http://o'}", "{}"));
  constexpr auto k_pod = ConfigOrder::in_cluster_first;

  CHECK(world.resolve()->server.host == "home");
  CHECK(world.resolve({.order = k_pod})->server.host == "10.96.0.1");
  CHECK(world.resolve({.kubeconfig = other, .order = k_pod})->server.host ==
        "o");
  CHECK(world.resolve({.context = "x", .order = k_pod})->server.host == "home");
  world.env.variables["KUBECONFIG"] = other;
  CHECK(world.resolve({.order = k_pod})->server.host == "o");
}

TEST_CASE("a kubeconfig without a namespace means the pod's, in a pod") {
  World world;
  world.make_pod();
  static_cast<void>(world.home(kubeconfig("{server: 'http://home'}", "{}")));
  CHECK(world.resolve()->ns == "of-pod");

  static_cast<void>(
      world.home(kubeconfig("{server: 'http://home'}", "{}", "default")));
  CHECK(world.resolve()->ns == "default");
}

TEST_CASE("warnings of the kubeconfig are passed on") {
  World world;
  world.env.variables["KUBECONFIG"] = "/nope";
  world.env.variables["KUBERNETES_MASTER"] = "http://localhost:8001";

  const Result<ClusterConfig> cluster = world.resolve();

  REQUIRE(cluster);
  REQUIRE(cluster->warnings.size() == 1);
  CHECK(cluster->warnings[0] == "KUBECONFIG: config not found: /nope");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
