// SPDX-License-Identifier: MIT
// Prints the cluster that kubectl's flags mean to us, in the shape of
// `kubectl config view --minify --flatten --raw -o json`, so that a test can
// hold the two against each other. Secrets included.
#include "cmd/cluster_flags.hpp"

#include "base/base64.hpp"
#include "base/env.hpp"
#include "base/file.hpp"
#include "kube/resolve_cluster.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <exception>
#include <iostream>
#include <string>

namespace {

using namespace kprofefe;
using Json = nlohmann::ordered_json;

void put(Json& into, const char* key, const std::string& value) {
  if (!value.empty()) {
    into[key] = value;
  }
}

/// A file's content, as --flatten puts it in the place of its name.
void put_data(Json& into, const char* key, const std::string& file,
              const std::string& data) {
  put(into, key,
      data.empty() && !file.empty()
          ? encode_base64(read_file(file).value_or(""))
          : data);
}

Json json_of(const kube::Cluster& cluster) {
  Json json = Json::object();
  put(json, "server", cluster.server);
  put(json, "tls-server-name", cluster.tls_server_name);
  put(json, "proxy-url", cluster.proxy_url);
  put_data(json, "certificate-authority-data", cluster.ca_file,
           cluster.ca_data);
  if (cluster.insecure) {
    json["insecure-skip-tls-verify"] = true;
  }
  if (cluster.disable_compression) {
    json["disable-compression"] = true;
  }
  return json;
}

Json json_of(const kube::ExecPlugin& plugin) {
  Json json = {{"apiVersion", plugin.api_version},
               {"args", plugin.args.empty() ? Json() : Json(plugin.args)},
               {"command", plugin.command},
               {"env", nullptr}};
  for (const auto& [name, value] : plugin.env) {
    json["env"].push_back({{"name", name}, {"value", value}});
  }
  put(json, "installHint", plugin.install_hint);
  put(json, "interactiveMode", plugin.interactive_mode);
  json["provideClusterInfo"] = plugin.provide_cluster_info;
  return json;
}

Json json_of(const kube::User& user) {
  Json json = Json::object();
  put(json, "token", user.token);
  put(json, "tokenFile", user.token_file);
  put(json, "username", user.username);
  put(json, "password", user.password);
  put_data(json, "client-certificate-data", user.cert_file, user.cert_data);
  put_data(json, "client-key-data", user.key_file, user.key_data);
  put(json, "as", user.impersonate.user);
  put(json, "as-uid", user.impersonate.uid);
  if (!user.impersonate.groups.empty()) {
    json["as-groups"] = user.impersonate.groups;
  }
  if (!user.impersonate.extra.empty()) {
    json["as-user-extra"] = user.impersonate.extra;
  }
  if (user.exec) {
    json["exec"] = json_of(*user.exec);
  }
  if (user.auth_provider) {
    json["auth-provider"] = {{"name", user.auth_provider->name},
                             {"config", user.auth_provider->config}};
  }
  return json;
}

Json json_of(const kube::ChosenContext& chosen) {
  Json context = {{"cluster", chosen.context.cluster},
                  {"user", chosen.context.user},
                  {"namespace", chosen.context.ns}};
  return {{"clusters",
           {{{"name", chosen.context.cluster},
             {"cluster", json_of(chosen.cluster)}}}},
          {"users",
           {{{"name", chosen.context.user}, {"user", json_of(chosen.user)}}}},
          {"contexts", {{{"name", chosen.name}, {"context", context}}}},
          {"current-context", chosen.name}};
}

Result<std::string> print(const kube::ClusterChoice& choice) {
  const Env env = Env::of_process();
  TRY(kube::resolve_cluster(choice, env));  // is it any good?
  TRY_ASSIGN(const kube::ChosenContext chosen,
             kube::choose_cluster(choice, env));
  return json_of(chosen).dump(2);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    CLI::App app("Prints the cluster that kubectl's flags mean to us");
    kube::ClusterRequest request;
    app.add_option("-n,--namespace", request.choice.ns);
    cmd::add_cluster_flags(app, request);
    CLI11_PARSE(app, argc, argv);
    const Result<std::string> json = print(request.choice);
    if (!json) {
      std::cerr << "error: " << json.error().message << '\n';
      return 1;
    }
    std::cout << *json << '\n';
    return 0;
  } catch (const std::exception& broken) {
    std::cerr << "error: " << broken.what() << '\n';
    return 1;
  }
}
