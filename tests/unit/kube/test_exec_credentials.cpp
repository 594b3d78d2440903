// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "base/file.hpp"
#include "kube/auth/exec_credentials.hpp"
#include "support/pem_texts.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

namespace kprofefe::kube {
namespace {

using kprofefe::test::Scratch;

constexpr const char* k_v1 = "client.authentication.k8s.io/v1";

std::string credential(const std::string& status,
                       const std::string& version = k_v1) {
  return fmt::format(
      R"({{"kind":"ExecCredential","apiVersion":"{}","status":{}}})", version,
      status);
}

/// A plugin in shell and the credentials it hands out. Each of its runs adds
/// a letter to `runs`.
struct World {
  Scratch scratch;
  async::Loop loop;
  ExecCredentials::Settings settings;

  explicit World(const std::string& script) {
    const std::string path =
        scratch.write("plugin", "#!/bin/sh\nprintf x >> " + (scratch / "runs") +
                                    "\n" + script + "\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    settings.plugin = {.command = path,
                       .api_version = k_v1,
                       .interactive_mode = "IfAvailable"};
    settings.tls = std::make_shared<http::Tls>(http::Tls{.ca_pem = "ca"});
    settings.env.variables["PATH"] = "/usr/bin:/bin";
  }

  [[nodiscard]] std::uintmax_t runs() const {
    std::error_code none;
    const auto size = std::filesystem::file_size(scratch / "runs", none);
    return none ? 0 : size;
  }

  [[nodiscard]] std::string error() {
    ExecCredentials credentials(settings);
    const Result<Credential> credential = loop.run(credentials.current({}));
    return credential ? "none" : credential.error().message;
  }
};

std::string print(const std::string& text) {
  return "cat <<'END'\n" + text + "\nEND";
}

TEST_SUITE_BEGIN("kube::ExecCredentials");

TEST_CASE("a token is asked for once and kept for as long as we run") {
  World world(print(credential(R"({"token":"t0ken"})")));
  ExecCredentials credentials(world.settings);

  for (int i = 0; i < 2; ++i) {
    const Result<Credential> credential =
        world.loop.run(credentials.current({}));
    REQUIRE(credential);
    CHECK(credential->authorization == "Bearer t0ken");
    CHECK(credential->tls == nullptr);
  }
  CHECK(world.runs() == 1);
}

TEST_CASE("what has expired is asked for again") {
  World world(print(credential(
      R"({"token":"t","expirationTimestamp":"2020-01-01T00:00:00Z"})")));
  ExecCredentials credentials(world.settings);

  world.settings.env.now = std::chrono::system_clock::now;
  REQUIRE(world.loop.run(credentials.current({})));
  REQUIRE(world.loop.run(credentials.current({})));
  CHECK(world.runs() == 2);
}

TEST_CASE("an expiry may be beyond what we can count, or Go's word for none") {
  struct Row {
    const char* expires;
    bool is_expired;
  };

  for (const Row& row :
       {Row{"9999-12-31T23:59:59Z", false}, Row{"2300-01-01T00:00:00Z", false},
        Row{"0001-01-01T00:00:00Z", false},
        Row{"0001-01-01T00:00:01Z", true}}) {
    CAPTURE(row.expires);
    const Result<ExecStatus> status = parse_exec_credential(
        credential(fmt::format(R"({{"token":"t","expirationTimestamp":"{}"}})",
                               row.expires)),
        k_v1);
    REQUIRE(status);
    const bool is_expired =
        status->expires && *status->expires < std::chrono::system_clock::now();
    CHECK(is_expired == row.is_expired);
  }
}

TEST_CASE("what the server rejects is asked for again, once for all") {
  World world(print(credential(R"({"token":"'$$'"})")) + "\n");
  ExecCredentials credentials(world.settings);
  const Result<Credential> first = world.loop.run(credentials.current({}));
  REQUIRE(first);

  CHECK(world.loop.run(credentials.renew({}, *first)) == true);
  CHECK(world.runs() == 2);
  CHECK(world.loop.run(credentials.renew(
            {}, {.authorization = "older", .tls = nullptr})) == true);
  CHECK(world.runs() == 2);
}

TEST_CASE("why there is nothing newer than what the server rejects is said") {
  World world("[ $(wc -c < \"$RUNS\") -eq 1 ] || exit 7\n" +
              print(credential(R"({"token":"t"})")));
  world.settings.plugin.env = {{"RUNS", world.scratch / "runs"}};
  ExecCredentials credentials(world.settings);
  const Result<Credential> first = world.loop.run(credentials.current({}));
  REQUIRE(first);

  const Result<bool> renewed = world.loop.run(credentials.renew({}, *first));

  REQUIRE_FALSE(renewed);
  CHECK(renewed.error().kind == ErrorKind::denied);
  CHECK(renewed.error().message ==
        "the server rejected the credentials from " +
            world.settings.plugin.command +
            " (401), and there are no newer ones: getting "
            "credentials: exec: executable " +
            world.settings.plugin.command + " failed with exit code 7");
}

TEST_CASE("a client certificate joins the cluster's TLS settings") {
  World world("cat \"$ANSWER\"");
  const nlohmann::json status = {{"clientCertificateData", test::k_certificate},
                                 {"clientKeyData", test::k_key}};
  world.settings.plugin.env = {
      {"ANSWER", world.scratch.write("answer", credential(status.dump()))}};
  ExecCredentials credentials(world.settings);

  const Result<Credential> credential = world.loop.run(credentials.current({}));

  REQUIRE(credential);
  CHECK(credential->authorization.empty());
  REQUIRE(credential->tls);
  CHECK(credential->tls->ca_pem == "ca");
  CHECK(credential->tls->client_cert_pem == test::k_certificate);
  CHECK(credential->tls->client_key_pem == test::k_key);
}

TEST_CASE("the plugin gets args, environment and what it is to know") {
  World world(
      "[ \"$1 $2\" = 'a b c' ] && [ \"$N\" = v ] || exit 9\n"
      "printf '%s' \"$KUBERNETES_EXEC_INFO\" > " +
      std::string("\"$OUT\"\n") + print(credential(R"({"token":"t"})")));
  world.settings.plugin.args = {"a", "b c"};
  world.settings.plugin.env = {{"N", "v"}, {"OUT", world.scratch / "info"}};
  world.settings.cluster = exec_cluster_json({.server = "https://h",
                                              .tls_server_name = "n",
                                              .insecure = true,
                                              .ca_pem = "ca",
                                              .proxy_url = "http://p",
                                              .disable_compression = true,
                                              .config = R"({"a":1})"});

  CHECK(world.error() == "none");
  CHECK(read_file(world.scratch / "info") ==
        R"({"kind":"ExecCredential",)"
        R"("apiVersion":"client.authentication.k8s.io/v1",)"
        R"("spec":{"cluster":{"server":"https://h","tls-server-name":"n",)"
        R"("insecure-skip-tls-verify":true,)"
        R"("certificate-authority-data":"Y2E=","proxy-url":"http://p",)"
        R"("disable-compression":true,"config":{"a":1}},)"
        R"("interactive":false}})");
}

TEST_CASE("a plugin is told of a cluster without settings for it with null") {
  CHECK(exec_cluster_json({.server = "https://h"}) ==
        R"({"server":"https://h","config":null})");
}

TEST_CASE("what a plugin answers amiss is said, never shown") {
  struct Row {
    std::string answer;
    const char* message;
  };

  const Row rows[] = {
      {"s3cret", "decoding stdout: not an ExecCredential"},
      {"", "decoding stdout: not an ExecCredential"},
      {R"({"kind":"Other","token":"s3cret"})",
       "decoding stdout: not an ExecCredential"},
      {credential(R"({"token":"s3cret"})",
                  "client.authentication.k8s.io/v1beta1"),
       "exec plugin is configured to use API version "
       "client.authentication.k8s.io/v1, plugin returned version "
       "client.authentication.k8s.io/v1beta1"},
      {credential("null"), "exec plugin didn't return a status field"},
      {credential("{}"), "exec plugin didn't return a token or cert/key pair"},
      {credential(R"({"clientKeyData":"s3cret"})"),
       "exec plugin returned only certificate or key, not both"},
      {credential(R"({"clientKeyData":"s3cret","clientCertificateData":"x"})"),
       "failed parsing client key/certificate: the certificate contains no "
       "certificate (PEM, -----BEGIN CERTIFICATE-----)"},
      {credential(R"({"token":"s3cret","expirationTimestamp":"soon"})"),
       "decoding stdout: invalid expirationTimestamp"},
      {credential(R"({"token":"s3cret","expirationTimestamp":12345})"),
       "decoding stdout: cannot unmarshal number into "
       "status.expirationTimestamp: expected a string"},
      {credential(R"({"token":"s3cret","expirationTimestamp":""})"),
       "decoding stdout: invalid expirationTimestamp"},
      {credential(R"({"token":123})"),
       "decoding stdout: cannot unmarshal number into status.token: expected a "
       "string"},
      {R"({"kind":true})",
       "decoding stdout: cannot unmarshal boolean into kind: expected a "
       "string"},
      {"{}",
       "exec plugin is configured to use API version "
       "client.authentication.k8s.io/v1, plugin returned version none"},
      {credential(R"({"token":"s3cret"})") + "\njunk",
       "decoding stdout: not an ExecCredential"},
      {credential(R"({"token":"s3cret"})") + "\n" +
           credential(R"({"token":"s3cret"})"),
       "decoding stdout: not an ExecCredential"},
      {"apiVersion: " + std::string(k_v1) + "\nstatus:\n  token: \"s3cret",
       "decoding stdout: not an ExecCredential"},
      {credential(R"({"token":"s3cret\ntwo"})"),
       "the token contains line breaks or control characters"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.answer);
    World world(print(row.answer));
    CHECK(world.error() == std::string("getting credentials: ") + row.message);
  }
}

TEST_CASE("an answer in YAML is as good") {
  World world(print("kind: ExecCredential\napiVersion: " + std::string(k_v1) +
                    "\nstatus:\n  token: t"));

  CHECK(world.error() == "none");
}

TEST_CASE("an answer without a kind is as good, too") {
  World world(print(R"({"apiVersion":"client.authentication.k8s.io/v1",)"
                    R"("status":{"token":"t"}})"));

  CHECK(world.error() == "none");
}

TEST_CASE("a plugin that fails is named with its exit code") {
  World world("exit 7");

  CHECK(world.error() == "getting credentials: exec: executable " +
                             (world.scratch / "plugin") +
                             " failed with exit code 7");
}

TEST_CASE("a plugin that fails with a Status has its message told") {
  World world(print(R"({"kind":"Status","apiVersion":"v1","status":"Failure",)"
                    R"("message":"log in\u001b[2J first"})") +
              "\nexit 1");

  CHECK(world.error() == "getting credentials: exec: executable " +
                             (world.scratch / "plugin") +
                             " failed with exit code 1: log in?[2J first");
}

TEST_CASE("a plugin that hangs has an end") {
  using namespace std::chrono_literals;
  World world("exec sleep 60");
  world.settings.time_limit = 20ms;

  CHECK(world.error() == "getting credentials: exec: executable " +
                             (world.scratch / "plugin") +
                             ": timed out after 20ms; run it manually to see "
                             "what it is waiting for");
}

TEST_CASE("a plugin may wait for a person where there can be one") {
  using namespace std::chrono_literals;
  for (const char* mode : {"Never", "IfAvailable", "Always", ""}) {
    CAPTURE(mode);
    CHECK(plugin_time_limit(mode, false) == 1min);
  }
  CHECK(plugin_time_limit("Never", true) == 5min);
  CHECK(plugin_time_limit("IfAvailable", true) > 24h);
  CHECK(plugin_time_limit("Always", true) > 24h);
}

TEST_CASE("an answer whose aliases have no end is refused with its place") {
  struct Row {
    const char* answer;
    const char* message;
  };

  const Row rows[] = {
      {"a: &a [*a]",
       "decoding stdout: line 1: nested deeper than 100 levels: does an alias "
       "refer to its own anchor?"},
      {"kind: x\na: &a {b: *a}",
       "decoding stdout: line 2: nested deeper than 100 levels: does an alias "
       "refer to its own anchor?"},
      {"warning: {\"\n{\"kind\": \"ExecCredential\"}",
       "decoding stdout: unexpected text before the JSON; the plugin must "
       "print it to standard error"},
      {"a new version of aws is there\n{\"kind\": \"ExecCredential\"}",
       "decoding stdout: unexpected text before the JSON; the plugin must "
       "print it to standard error"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.answer);
    World world(print(row.answer));
    CHECK(world.error() == std::string("getting credentials: ") + row.message);
  }
}

TEST_CASE("a client key is taken by its content") {
  const Result<ExecStatus> status = parse_exec_credential(
      nlohmann::json(
          {{"apiVersion", k_v1},
           {"status",
            {{"clientCertificateData", test::k_certificate},
             {"clientKeyData",
              test::pem_block("RSA PRIVATE KEY", test::k_sec1_body)}}}})
          .dump(),
      k_v1);

  REQUIRE(status);
  CHECK(status->key_pem ==
        test::pem_block("PRIVATE KEY", test::k_ec_pkcs8_body));
}

TEST_CASE("a plugin that is not there comes with the hint how to get it") {
  World world("");
  world.settings.plugin.command = "no-such-plugin";
  world.settings.plugin.install_hint = "get it\n\x1b[31mhere";

  const std::string error = world.error();

  CHECK(
      error.starts_with("getting credentials: exec: executable "
                        "no-such-plugin not found\n\nIt looks like you are "
                        "trying to use a client-go credential plugin"));
  CHECK(error.ends_with("\n\nget it\n?[31mhere"));
}

TEST_CASE("a plugin that cannot be run is named with the reason") {
  World world("");
  world.settings.plugin.command = "/nope/plugin";
  world.settings.plugin.install_hint = "get it";

  CHECK(world.error() ==
        "getting credentials: exec: fork/exec /nope/plugin: no such file or "
        "directory\n\nget it");
  const std::string text = world.scratch.write("text", "no program");
  std::filesystem::permissions(text, std::filesystem::perms::owner_all);
  world.settings.plugin.command = text;
  CHECK(world.error() ==
        "getting credentials: exec: fork/exec " + text + ": exec format error");
}

TEST_CASE("a plugin that must ask needs a terminal") {
  World world("");
  world.settings.plugin.interactive_mode = "Always";

  CHECK(world.error() ==
        "getting credentials: exec plugin cannot support interactive mode: "
        "standard input is not a terminal");
  CHECK(world.runs() == 0);
}

TEST_CASE("only two versions of the API are known") {
  for (const char* version : {"client.authentication.k8s.io/v1",
                              "client.authentication.k8s.io/v1beta1"}) {
    CHECK(check_api_version({.api_version = version}));
  }
  CHECK(check_api_version(
            {.api_version = "client.authentication.k8s.io/v1alpha1"})
            .error()
            .message ==
        "exec plugin: invalid apiVersion "
        "\"client.authentication.k8s.io/v1alpha1\"");
}

TEST_CASE("the user's policy decides which plugins run") {
  World world(print(credential(R"({"token":"t"})")));
  const std::string& path = world.settings.plugin.command;

  struct Row {
    PluginPolicy policy;
    std::string error;
  };

  const Row rows[] = {
      {{.type = "AllowAll"}, "none"},
      {{.type = "DenyAll"},
       "plugin \"" + path + "\" not allowed: policy set to \"DenyAll\""},
      {{.type = "Allowlist", .allowlist = {{"other", path}}}, "none"},
      {{.type = "Allowlist", .allowlist = {{"plugin"}}},
       "plugin path \"" + path +
           "\" is not permitted by the credential plugin allowlist"},
      {{.type = "Allowlist"},
       "invalid plugin policy: credential plugin policy set to \"Allowlist\", "
       "but the allowlist is empty; use the policy \"DenyAll\" instead"},
      {{.type = "Maybe"},
       "invalid plugin policy: unknown plugin policy: \"Maybe\""},
      {{.allowlist = {{"a"}}},
       "invalid plugin policy: misconfigured credential plugin allowlist: "
       "plugin policy is \"\" but there is an allowlist"},
      {{.type = "Allowlist", .allowlist = {{"a/../b"}}},
       "invalid plugin policy: misconfigured credential plugin allowlist: "
       "\"a/../b\" is not a normalized name or path"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.error);
    world.settings.policy = row.policy;
    const std::string error = world.error();
    CHECK(error ==
          (row.error == "none" ? "" : "getting credentials: ") + row.error);
  }
}

TEST_CASE("kuberc holds the policy, unless it is off") {
  const Scratch scratch;
  Env env;
  env.variables["HOME"] = scratch.path();
  CHECK(load_plugin_policy(env)->type.empty());

  static_cast<void>(scratch.write(
      ".kube/kuberc",
      "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n"
      "credentialPluginPolicy: Allowlist\n"
      "credentialPluginAllowlist:\n- name: aws\n- name: /bin/x\n"));
  const Result<PluginPolicy> policy = load_plugin_policy(env);
  REQUIRE(policy);
  CHECK(policy->type == "Allowlist");
  CHECK(policy->allowlist == std::vector<std::string>{"aws", "/bin/x"});

  env.variables["KUBERC"] = "off";
  CHECK(load_plugin_policy(env)->type.empty());
  env.variables["KUBERC"] = scratch / "nope";
  CHECK_FALSE(load_plugin_policy(env));
  env.variables.erase("KUBERC");
  env.variables["KUBECTL_KUBERC"] = "false";
  CHECK(load_plugin_policy(env)->type.empty());
  env.variables.erase("KUBECTL_KUBERC");
  static_cast<void>(scratch.write(".kube/kuberc", "a: ["));
  CHECK_FALSE(load_plugin_policy(env)->warning.empty());
  CHECK(load_plugin_policy(env)->broken.empty());
}

TEST_CASE("a policy that cannot be applied lets no plugin run") {
  const Scratch scratch;
  Env env;
  env.variables["HOME"] = scratch.path();
  const std::string path = scratch / ".kube/kuberc";
  const std::string policy = "credentialPluginPolicy: DenyAll\n";

  struct Row {
    const char* name;
    std::string text;
    std::string why;
  };

  const std::string none = "kuberc: no preferences loaded from " + path +
                           ": no valid preferences found in " + path;
  const Row rows[] = {
      {"no YAML", policy + "a: [\n", none + ": line 3: "},
      {"no apiVersion", "kind: Preference\n" + policy, none},
      {"another kind",
       "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Pref\n" + policy,
       none},
      {"a later version",
       "apiVersion: kubectl.config.k8s.io/v9\nkind: Preference\n" + policy,
       none},
      {"an earlier version",
       "apiVersion: kubectl.config.k8s.io/v1alpha1\nkind: Preference\n" +
           policy,
       "kuberc: " + path + ": credentialPluginPolicy requires apiVersion "},
      {"a list",
       "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n"
       "credentialPluginPolicy: [DenyAll]\n",
       none + ": line 3: credentialPluginPolicy: expected a string"},
      {"an allowlist that is none",
       "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n"
       "credentialPluginAllowlist: aws\n",
       none + ": line 3: "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    static_cast<void>(scratch.write(".kube/kuberc", row.text));
    const Result<PluginPolicy> broken = load_plugin_policy(env);
    REQUIRE(broken);
    const Result<void> allowed = check_policy(*broken, "aws", "/bin/aws", env);
    REQUIRE_FALSE(allowed);
    INFO(allowed.error().message);
    CHECK(allowed.error().message.starts_with("plugin \"aws\" not allowed: " +
                                              row.why));
    CHECK(allowed.error().message.ends_with(
        "; fix the file, or set KUBERC=off to run plugins "
        "without a policy"));
  }
}

TEST_CASE("a kuberc in UTF-16 holds a policy as well") {
  const Scratch scratch;
  Env env;
  env.variables["HOME"] = scratch.path();
  std::string text = "\xff\xfe";
  for (const char c : std::string_view(
           "apiVersion: kubectl.config.k8s.io/v1beta1\r\nkind: Preference\r\n"
           "credentialPluginPolicy: DenyAll\r\n")) {
    text += c;
    text += '\0';
  }
  static_cast<void>(scratch.write(".kube/kuberc", text));

  CHECK(load_plugin_policy(env)->type == "DenyAll");
}

TEST_CASE("the policy is that of the first Preference in kuberc") {
  const Scratch scratch;
  Env env;
  env.variables["HOME"] = scratch.path();
  const std::string denies =
      "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n"
      "credentialPluginPolicy: DenyAll\n";
  const std::string path = scratch / ".kube/kuberc";

  struct Row {
    std::string text;
    const char* type;
    std::string warning;
  };

  const std::string none = "kuberc: no preferences loaded from " + path +
                           ": no valid preferences found in " + path;
  const std::string odd =
      "kuberc: ignoring strict decoding error in " + path + ": ";
  const Row rows[] = {
      {denies, "DenyAll", ""},
      {"\n---\n", "", ""},
      {"apiVersion: v1\nkind: Config\n---\n" + denies, "DenyAll", ""},
      {"apiVersion: kubectl.config.k8s.io/v9\nkind: Preference\n---\n" + denies,
       "DenyAll", ""},
      {"hello\n---  \n" + denies, "DenyAll", ""},
      {"a: [\n---\n" + denies, "DenyAll", ""},
      {denies + "---\nb: [", "DenyAll", ""},
      {"apiVersion: v1\nkind: Preference\n", "", none},
      {"hello\n---\na: 'b\n", "",
       none + ": line 4: found unexpected end of stream"},
      {denies + "credentialPluginPolicy: AllowAll\n", "AllowAll",
       odd + "key \"credentialPluginPolicy\" already set in map"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    static_cast<void>(scratch.write(".kube/kuberc", row.text));
    const Result<PluginPolicy> policy = load_plugin_policy(env);
    REQUIRE(policy);
    CHECK(policy->type == row.type);
    CHECK(policy->warning == row.warning);
  }
  env.variables["KUBERC"] = scratch.write("rc", "a: [\n");
  CHECK(load_plugin_policy(env).error().message.starts_with(
      "kuberc: no valid preferences found in " + (scratch / "rc") +
      ": line 2: "));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
