// SPDX-License-Identifier: MIT
#include "kube/config/kubeconfig_file.hpp"

#include "kube/config/kubeconfig_user.hpp"
#include "kube/text/yaml_fields.hpp"
#include "kube/text/yaml_text.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

constexpr std::array k_cluster_texts = {
    TextField<Cluster>{"server", &Cluster::server},
    TextField<Cluster>{"tls-server-name", &Cluster::tls_server_name},
    TextField<Cluster>{"certificate-authority", &Cluster::ca_file},
    TextField<Cluster>{"certificate-authority-data", &Cluster::ca_data},
    TextField<Cluster>{"proxy-url", &Cluster::proxy_url},
};
constexpr std::array k_context_texts = {
    TextField<Context>{"cluster", &Context::cluster},
    TextField<Context>{"user", &Context::user},
    TextField<Context>{"namespace", &Context::ns},
};

/// Reads one document.
class Reader {
 public:
  explicit Reader(const std::string& path) : fields_(path) {}

  Result<Kubeconfig> read(const YAML::Node& root);

  [[nodiscard]] const YamlFields& fields() const { return fields_; }

 private:
  void read_field(const std::string& key, const YAML::Node& value);
  template <typename Entry>
  void read_list(const std::string& key, const YAML::Node& list,
                 Kubeconfig::Named<Entry>& into);
  template <typename Entry>
  void read_named(const std::string& inner, const YAML::Node& item,
                  Kubeconfig::Named<Entry>& into);
  void read_entry(const YAML::Node& node, Cluster& cluster);
  void read_entry(const YAML::Node& node, User& user);
  void read_entry(const YAML::Node& node, Context& context);
  void read_extensions(const YAML::Node& list, Cluster& cluster);

  YamlFields fields_;
  Kubeconfig config_;
};

Result<Kubeconfig> Reader::read(const YAML::Node& root) {
  if (root.IsMap()) {
    for (const auto& [key, value] : fields_.fields_of(root)) {
      read_field(key, value);
    }
  } else if (root.IsDefined() && !root.IsNull()) {
    fields_.refuse(root, "expected a kubeconfig (a mapping)");
  }
  TRY(fields_.outcome());
  return std::move(config_);
}

void Reader::read_field(const std::string& key, const YAML::Node& value) {
  if (key == "kind") {
    fields_.expect(key, value, "Config");
  } else if (key == "apiVersion") {
    fields_.expect(key, value, "v1");
  } else if (key == "clusters") {
    read_list(key, value, config_.clusters);
  } else if (key == "users") {
    read_list(key, value, config_.users);
  } else if (key == "contexts") {
    read_list(key, value, config_.contexts);
  } else if (key == "current-context") {
    config_.current_context = fields_.read_text(key, value);
    config_.current_context_file = fields_.path();
  }
}

template <typename Entry>
void Reader::read_list(const std::string& key, const YAML::Node& list,
                       Kubeconfig::Named<Entry>& into) {
  if (!fields_.is_list(key, list)) {
    return;
  }
  const std::string inner = key.substr(0, key.size() - 1);  // no plural
  for (const auto& item : list) {
    read_named(inner, item, into);
  }
}

template <typename Entry>
void Reader::read_named(const std::string& inner, const YAML::Node& item,
                        Kubeconfig::Named<Entry>& into) {
  if (!item.IsMap() && !item.IsNull()) {
    fields_.refuse(item, fmt::format("expected name and {}", inner));
    return;
  }
  std::string name;
  Entry entry;
  entry.file = fields_.path();
  for (const auto& [key, value] : fields_.fields_of(item)) {
    if (key == "name") {
      name = fields_.read_text(key, value);
    } else if (key == inner && fields_.is_map(inner, value)) {
      read_entry(value, entry);
    }
  }
  if (!into.try_emplace(name, std::move(entry)).second) {
    fields_.refuse(item, fmt::format("duplicate {} name \"{}\"", inner, name));
  }
}

void Reader::read_entry(const YAML::Node& node, Cluster& cluster) {
  fields_.read_fields<Cluster>(node, k_cluster_texts, cluster);
  for (const auto& [key, value] : fields_.fields_of(node)) {
    if (key == "insecure-skip-tls-verify") {
      cluster.insecure = fields_.read_bool(key, value);
    } else if (key == "disable-compression") {
      cluster.disable_compression = fields_.read_bool(key, value);
    } else if (key == "extensions" && fields_.is_list(key, value)) {
      read_extensions(value, cluster);
    }
  }
  resolve_path(cluster.ca_file, fields_.path());
}

void Reader::read_extensions(const YAML::Node& list, Cluster& cluster) {
  constexpr std::string_view k_for_plugins =
      "client.authentication.k8s.io/exec";
  for (const auto& item : list) {
    if (item.IsMap() && item["name"] && item["extension"] &&
        item["name"].IsScalar() && item["name"].Scalar() == k_for_plugins) {
      cluster.exec_config = fields_.read_json("extension", item["extension"]);
    }
  }
}

void Reader::read_entry(const YAML::Node& node, User& user) {
  read_user(fields_, node, user);
}

void Reader::read_entry(const YAML::Node& node, Context& context) {
  fields_.read_fields<Context>(node, k_context_texts, context);
}

}  // namespace

Result<Kubeconfig> parse_kubeconfig(const std::string& text,
                                    const std::string& path) {
  Reader reader(path);
  try {
    return reader.read(load_yaml(text));
  } catch (const YAML::Exception& error) {
    return reader.fields().fail_at(error.mark, yaml_words(error));
  }
}

}  // namespace kprofefe::kube
