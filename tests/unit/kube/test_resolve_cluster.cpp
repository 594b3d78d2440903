// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "kube/resolve_cluster.hpp"
#include "support/pem_texts.hpp"
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

/// What a request shows in its Authorization header.
std::string shown(const Result<ClusterConfig>& cluster) {
  async::Loop loop;
  return loop.run(cluster->credentials->current({}))->authorization;
}

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
  CHECK(shown(cluster) == "Bearer t0ken");
  CHECK(cluster->ns == "web");
  CHECK_FALSE(cluster->in_cluster);
  CHECK(cluster->source == "context \"x\" of " + file);
  CHECK(cluster->ca_source == world.scratch / ".kube/ca.crt");
  CHECK(cluster->identity == "the token of user \"u\" in " + file);
}

TEST_CASE("which certificate may be shown beside another login is known") {
  const std::string cert =
      "client-certificate-data: " + std::string(test::k_certificate_data) +
      ", client-key-data: " + std::string(test::k_key_data);
  const std::string exec =
      "exec: {command: aws, apiVersion: client.authentication.k8s.io/v1, "
      "interactiveMode: Never}";

  struct Row {
    std::string user;
    std::string certificate;
  };

  for (const auto& [user, certificate] :
       {Row{"token: t", ""}, Row{exec + ", token: t", ""},
        Row{exec, "the credential from plugin aws for user \"u\" in "},
        Row{cert + ", token: t", "the client certificate of user \"u\" in "},
        Row{cert + ", " + exec, "the client certificate of user \"u\" in "}}) {
    CAPTURE(user);
    World world;
    const std::string file =
        world.home(kubeconfig("{server: 'https://host'}", "{" + user + "}"));

    const Result<ClusterConfig> cluster = world.resolve();

    REQUIRE(cluster);
    CHECK(cluster->certificate ==
          (certificate.empty() ? "" : certificate + file));
  }
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
  CHECK(shown(cluster).empty());
  CHECK(cluster->identity == "the client certificate of user \"u\" in " + file);
  CHECK(cluster->certificate == cluster->identity);
  CHECK(cluster->ca_source ==
        "certificate-authority-data of cluster \"c\" in " + file);
  CHECK(cluster->ns == "default");
}

TEST_CASE("a token file is the source, the token beside it the reserve") {
  World world;
  static_cast<void>(world.home(
      kubeconfig("{server: 'https://h'}", "{token: t, tokenFile: tok}")));

  CHECK(shown(world.resolve()) == "Bearer t");
  static_cast<void>(world.scratch.write(".kube/tok", "of-file"));
  CHECK(shown(world.resolve()) == "Bearer of-file");
}

TEST_CASE("a server without a scheme is http, as kubectl has it") {
  struct Row {
    const char* cluster;
    const char* origin;
  };

  const Row rows[] = {
      {"{server: 'host:8080'}", "http://host:8080"},
      {"{server: host}", "http://host"},
      {"{server: '10.0.0.1:6443', insecure-skip-tls-verify: true}",
       "http://10.0.0.1:6443"},
      {"{server: 'https://[fd00::1]:6443'}", "https://[fd00::1]:6443"},
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
  const std::string pem = world.scratch.write("pem", "no certificate");
  static_cast<void>(world.home(kubeconfig(
      "{server: 'http://h'}",
      "{token: t, client-certificate: " + pem + ", client-key: " + pem + "}")));

  const Result<ClusterConfig> cluster = world.resolve();

  REQUIRE(cluster);
  CHECK(shown(cluster).empty());
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
  const std::string file =
      world.home(kubeconfig("{server: 'http://h'}", "{}", "Web"));

  const Result<ClusterConfig> of_file = world.resolve();
  REQUIRE_FALSE(of_file);
  CHECK(of_file.error().kind == ErrorKind::config);
  CHECK(of_file.error().message.starts_with("context \"x\" of " + file +
                                            ": invalid namespace \"Web\""));
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
       "no context selected: use --context or kubectl config "
       "use-context; contexts in FILE: a, b"},
      {"current context missing", "current-context: q\ncontexts: [{name: a}]",
       "context \"q\" does not exist (the current-context of FILE); contexts "
       "in FILE: a"},
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
       "cluster \"c\" in FILE: server: invalid URL \"ftp://h\": use http or "
       "https instead of ftp"},
      {"ca and insecure",
       kubeconfig("{server: 'https://h', insecure-skip-tls-verify: true, "
                  "certificate-authority-data: " +
                      cert + "}",
                  "{}"),
       "cluster \"c\" in FILE: specifying a root certificates file with the "
       "insecure flag is not allowed: remove certificate-authority or "
       "insecure-skip-tls-verify"},
      {"ca twice",
       kubeconfig("{server: 'https://h', certificate-authority: /dev/null, "
                  "certificate-authority-data: " +
                      cert + "}",
                  "{}"),
       "cluster \"c\" in FILE: certificate-authority-data and "
       "certificate-authority are both specified; remove one of them"},
      {"ca unreadable",
       kubeconfig("{server: 'https://h', certificate-authority: x.crt}", "{}"),
       "cluster \"c\" in FILE: unable to read certificate-authority: open "
       "DIR/x.crt: no such file or directory"},
      {"ca no base64",
       kubeconfig("{server: 'https://h', certificate-authority-data: '!!'}",
                  "{}"),
       "cluster \"c\" in FILE: certificate-authority-data is not valid base64"},
      {"ca no certificate",
       kubeconfig("{server: 'https://h', certificate-authority-data: Zm9v}",
                  "{}"),
       "cluster \"c\" in FILE: certificate-authority-data contains no "
       "certificate "
       "(PEM, -----BEGIN CERTIFICATE-----)"},
      {"bad proxy-url",
       kubeconfig("{server: 'https://h', proxy-url: 'ftp://me:s3cret@p'}",
                  "{}"),
       "cluster \"c\" in FILE: invalid proxy-url: unsupported scheme \"ftp\", "
       "must be http, https, or socks5"},
      {"exec without a command",
       kubeconfig(https, "{exec: {apiVersion: v9, env: [{value: s3cret}]}}"),
       "user \"u\" in FILE: command must be specified to use exec "
       "authentication plugin; env variable name must be specified to use exec "
       "authentication plugin; interactiveMode must be specified to use exec "
       "authentication plugin"},
      {"exec in an unknown mode",
       kubeconfig(https, "{exec: {command: aws, interactiveMode: Maybe}}"),
       "user \"u\" in FILE: apiVersion must be specified to use exec "
       "authentication plugin; invalid interactiveMode \"Maybe\""},
      {"exec beside auth-provider",
       kubeconfig(https,
                  "{auth-provider: {name: oidc}, exec: {command: aws, "
                  "apiVersion: client.authentication.k8s.io/v1beta1}}"),
       "user \"u\" in FILE: authProvider cannot be provided in combination "
       "with an exec plugin"},
      {"exec of an unknown version",
       kubeconfig(https,
                  "{token: t, exec: {command: aws, apiVersion: v9, "
                  "interactiveMode: Never}}"),
       "user \"u\" in FILE: exec plugin: invalid apiVersion \"v9\""},
      {"azure", kubeconfig(https, "{auth-provider: {name: azure}}"),
       "user \"u\" in FILE: The azure auth plugin has been removed. Please use "
       "the https://github.com/Azure/kubelogin kubectl/client-go credential "
       "plugin instead. See https://kubernetes.io/docs/reference/"
       "access-authn-authz/authentication/#client-go-credential-plugins for "
       "further details"},
      {"an unknown provider", kubeconfig(https, "{auth-provider: {name: x}}"),
       "user \"u\" in FILE: no Auth Provider found for name \"x\""},
      {"oidc without an issuer",
       kubeconfig(https, "{auth-provider: {name: oidc}}"),
       "user \"u\" in FILE: Must provide idp-issuer-url"},
      {"password and token",
       kubeconfig(https, "{token: t, username: a, password: s3cret}"),
       "user \"u\" in FILE: more than one authentication method found; found "
       "[token basicAuth], only one is allowed"},
      {"password and token file",
       kubeconfig(https, "{tokenFile: tok, username: a, password: s3cret}"),
       "user \"u\" in FILE: username/password or bearer token may be set, but "
       "not both"},
      {"impersonated groups without a user",
       kubeconfig(https, "{token: t, as-groups: [a]}"),
       "user \"u\" in FILE: requesting uid, groups or user-extra without "
       "impersonating a user"},
      {"an impersonated user with a line end",
       kubeconfig(https, R"({token: t, as: "a\nb"})"),
       "impersonation: the value for Impersonate-User contains line breaks or "
       "control characters"},
      {"cert without key",
       kubeconfig(https, "{client-certificate-data: " + cert + "}"),
       "user \"u\" in FILE: client-key-data or client-key must be specified to "
       "use the client certificate"},
      {"cert twice",
       kubeconfig(https,
                  "{client-certificate: /dev/null, client-certificate-data: " +
                      cert + ", client-key: /dev/null}"),
       "user \"u\" in FILE: client-certificate-data and client-certificate are "
       "both specified; remove one of them"},
      {"no key in the key",
       kubeconfig(https, "{client-certificate-data: " + cert +
                             ", client-key-data: " + cert + "}"),
       "user \"u\" in FILE: client-key-data contains no private key (PEM, "
       "-----BEGIN PRIVATE KEY-----)"},
      {"no certificate in the certificate",
       kubeconfig(https, "{client-certificate-data: " + key +
                             ", client-key-data: " + key + "}"),
       "user \"u\" in FILE: client-certificate-data contains no certificate "
       "(PEM, "
       "-----BEGIN CERTIFICATE-----)"},
      {"key unreadable",
       kubeconfig(https, "{client-certificate-data: " + cert +
                             ", client-key: /nope/k}"),
       "user \"u\" in FILE: unable to read client-key: open /nope/k: no such "
       "file or directory"},
      {"token file missing", kubeconfig(https, "{tokenFile: tok}"),
       "user \"u\" in FILE: open DIR/tok: no such file or directory"},
      {"token with a line end", kubeconfig(https, R"({token: "s3cret\nb"})"),
       "user \"u\" in FILE: the token contains line breaks or control "
       "characters"},
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
        "context \"prod\" does not exist; contexts in " + file + ": x");
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
        "invalid configuration: no configuration has been provided: no such "
        "file: " +
            (world.scratch / ".kube/config") +
            "; not running in a cluster; set "
            "--kubeconfig or KUBECONFIG");

  world.env.variables["KUBECONFIG"] = ":";
  CHECK(world.resolve().error().message.contains(
      "has been provided: KUBECONFIG lists no file; not running in a "
      "cluster;"));
  world.env.variables.erase("KUBECONFIG");

  world.env.variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
  world.env.variables["KUBERNETES_SERVICE_PORT"] = "443";
  const Result<ClusterConfig> no_token = world.resolve();
  REQUIRE_FALSE(no_token);
  CHECK(no_token.error().message.find(
            "/serviceaccount/token (is automountServiceAccountToken off?)") !=
        std::string::npos);
}

TEST_CASE("flags replace what the entries say") {
  World world;
  const std::string ca = world.scratch.write("ca", test::k_certificate);
  static_cast<void>(world.home(kubeconfig(
      "{server: 'https://h', tls-server-name: k, insecure-skip-tls-verify: "
      "true}",
      "{token: of-file, as: jane, as-groups: [a], as-user-extra: {k: [1], l: "
      "[2]}}")));

  CHECK(world.resolve({.cluster = {.server = "https://o"}})->server.host ==
        "o");
  CHECK(world.resolve({.cluster = {.server = "https://o"}})
            ->tls->server_name.empty());
  CHECK(
      world.resolve({.cluster = {.tls_server_name = "m"}})->tls->server_name ==
      "m");
  const Result<ClusterConfig> verified =
      world.resolve({.cluster = {.ca_file = ca}});
  CHECK_FALSE(verified->tls->insecure);
  CHECK(verified->tls->ca_pem == test::k_certificate);
  CHECK(shown(world.resolve({.user = {.token = "flag"}})) == "Bearer flag");
  CHECK(world
            .resolve({.user = {.impersonate = {.user = "joe",
                                               .groups = {"b", "c"},
                                               .extra = {{"k", {"3"}}}}}})
            ->headers == http::Headers{{"Impersonate-User", "joe"},
                                       {"Impersonate-Group", "b"},
                                       {"Impersonate-Group", "c"},
                                       {"Impersonate-Extra-k", "3"},
                                       {"Impersonate-Extra-l", "2"}});
}

TEST_CASE("--insecure-skip-tls-verify takes the certificate authority away") {
  World world;
  const std::string data(test::k_certificate_data);
  static_cast<void>(world.home(kubeconfig(
      "{server: 'https://h', certificate-authority-data: " + data + "}",
      "{}")));

  const Result<ClusterConfig> cluster =
      world.resolve({.cluster = {.insecure = true}});

  REQUIRE(cluster);
  CHECK(cluster->tls->insecure);
  CHECK(cluster->tls->ca_pem.empty());
}

TEST_CASE("cluster and user can be chosen without their context") {
  World world;
  static_cast<void>(world.home(
      "clusters: [{name: a, cluster: {server: 'https://a'}}, {name: b, "
      "cluster: {server: 'https://b'}}]\n"
      "users: [{name: u, user: {token: tu}}, {name: v, user: {token: tv}}]\n"
      "contexts: [{name: x, context: {cluster: a, user: u, namespace: n}}]\n"
      "current-context: x\n"));

  const Result<ClusterConfig> other =
      world.resolve({.cluster_name = "b", .user_name = "v"});
  REQUIRE(other);
  CHECK(other->server.host == "b");
  CHECK(shown(other) == "Bearer tv");
  CHECK(other->ns == "n");
  CHECK(world.resolve({.cluster_name = "q"}).error().message ==
        "no server found for cluster \"q\"");
  CHECK(world.resolve({.user_name = "q"}).error().message ==
        "auth info \"q\" does not exist");
}

TEST_CASE("entries may be called nothing, or be nothing at all") {
  const World world;
  static_cast<void>(world.home(
      "clusters: [{name: '', cluster: {server: 'https://a'}}]\n"
      "users: [{name: '', user: {token: t}}]\n"
      "contexts: [{name: '', context: {cluster: '', user: '', namespace: n}}]"
      "\ncurrent-context: ''\n"));
  const Result<ClusterConfig> unnamed = world.resolve();
  REQUIRE(unnamed);
  CHECK(unnamed->server.host == "a");
  CHECK(shown(unnamed) == "Bearer t");
  CHECK(unnamed->ns == "n");

  static_cast<void>(
      world.home(kubeconfig("{server: 'https://b'}", "{token: t}") +
                 "extensions: null\n"));
  CHECK(world.resolve()->server.host == "b");
}

TEST_CASE("flags alone are a configuration") {
  World world;

  const Result<ClusterConfig> cluster =
      world.resolve({.cluster = {.server = "https://h", .insecure = true},
                     .user = {.username = "jane", .password = "s3cret"}});

  REQUIRE(cluster);
  CHECK(cluster->server.host == "h");
  CHECK(shown(cluster) == "Basic amFuZTpzM2NyZXQ=");
  CHECK(cluster->identity == "the password of the flags");
}

TEST_CASE("a user in the server's URL is shown to it and to nobody else") {
  World world;
  static_cast<void>(world.home(
      kubeconfig("{server: 'https://me:s%3acret@h/p'}", "{token: t}")));

  const Result<ClusterConfig> cluster = world.resolve();

  REQUIRE(cluster);
  CHECK(http::origin(cluster->server) == "https://h");
  CHECK(cluster->server.path == "/p");
  CHECK(shown(cluster) == "Basic bWU6czpjcmV0");
}

TEST_CASE("keys of user-extra are escaped as the API server reads them") {
  World world;
  static_cast<void>(world.home(
      kubeconfig("{server: 'https://h'}",
                 "{token: t, as: j, as-user-extra: {'a/b%c d': [x]}}")));

  CHECK(world.resolve()->headers.back() ==
        http::Headers::value_type{"Impersonate-Extra-a%2Fb%25c%20d", "x"});
}

TEST_CASE("the proxy is the cluster's, else the environment's") {
  World world;
  world.env.variables["HTTPS_PROXY"] = "env:3128";
  static_cast<void>(world.home(kubeconfig("{server: 'https://h'}", "{}")));
  CHECK(world.resolve()->proxy == "http://env:3128");

  static_cast<void>(world.home(
      kubeconfig("{server: 'https://h', proxy-url: 'socks5://me:s@p'}", "{}")));
  CHECK(world.resolve()->proxy == "socks5h://me:s@p:1080");
}

TEST_CASE("in a pod flags replace what its service account has") {
  World world;
  world.make_pod();

  CHECK(shown(world.resolve({.user = {.token = "flag"}})) == "Bearer flag");
  CHECK(world.resolve({.user = {.impersonate = {.user = "joe"}}})->headers ==
        http::Headers{{"Impersonate-User", "joe"}});
  CHECK(world.resolve({.user = {.token = "flag"}})->in_cluster);
  CHECK_FALSE(
      world.resolve({.cluster = {.server = "https://elsewhere"}})->in_cluster);
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
  CHECK(shown(cluster) == "Bearer pod-token");
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
    CHECK(cluster.error().message.find(": not an address") !=
          std::string::npos);
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
  CHECK(cluster->warnings[0].find("ca.crt contains no certificate") !=
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
