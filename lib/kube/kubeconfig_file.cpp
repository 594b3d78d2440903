// SPDX-License-Identifier: MIT
#include "kube/kubeconfig_file.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

/// A field of an entry that is text: its key and where it goes.
template <typename Entry>
struct TextField {
  std::string_view key;
  std::string Entry::* member;
};

constexpr std::array k_cluster_texts = {
    TextField<Cluster>{"server", &Cluster::server},
    TextField<Cluster>{"tls-server-name", &Cluster::tls_server_name},
    TextField<Cluster>{"certificate-authority", &Cluster::ca_file},
    TextField<Cluster>{"certificate-authority-data", &Cluster::ca_data},
};
constexpr std::array k_user_texts = {
    TextField<User>{"token", &User::token},
    TextField<User>{"tokenFile", &User::token_file},
    TextField<User>{"client-certificate", &User::cert_file},
    TextField<User>{"client-certificate-data", &User::cert_data},
    TextField<User>{"client-key", &User::key_file},
    TextField<User>{"client-key-data", &User::key_data},
};
constexpr std::array k_context_texts = {
    TextField<Context>{"cluster", &Context::cluster},
    TextField<Context>{"user", &Context::user},
    TextField<Context>{"namespace", &Context::ns},
};

constexpr std::array k_cluster_unsupported = {std::string_view("proxy-url")};
constexpr std::array<std::string_view, 8> k_user_unsupported = {
    "exec", "auth-provider", "username",  "password",
    "as",   "as-uid",        "as-groups", "as-user-extra",
};

bool is_set(const YAML::Node& node) {
  if (node.IsScalar()) {
    return !node.Scalar().empty();
  }
  return node.IsMap() || node.size() > 0;
}

bool contains(std::span<const std::string_view> keys, std::string_view key) {
  return std::ranges::find(keys, key) != keys.end();
}

/// Reads one document. The first thing that is wrong is kept, with its line;
/// what comes after does no harm.
class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {}

  Result<Kubeconfig> read(const YAML::Node& root);

  [[nodiscard]] std::unexpected<Error> fail_at(const YAML::Mark& mark,
                                               std::string_view why) const {
    return fail(ErrorKind::config,
                fmt::format("error loading config file \"{}\": line {}: {}",
                            path_, mark.line + 1, why));
  }

 private:
  void refuse(const YAML::Node& node, std::string_view why);
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
  template <typename Entry>
  void read_texts(const YAML::Node& node,
                  std::span<const TextField<Entry>> fields, Entry& entry);
  std::string read_text(const std::string& key, const YAML::Node& node);
  bool read_bool(const std::string& key, const YAML::Node& node);
  void expect(const std::string& key, const YAML::Node& value,
              std::string_view expected);
  void resolve(std::string& file) const;

  const std::string& path_;
  Kubeconfig config_;
  Result<void> outcome_;
};

void Reader::refuse(const YAML::Node& node, std::string_view why) {
  if (outcome_) {
    outcome_ = fail_at(node.Mark(), why);
  }
}

Result<Kubeconfig> Reader::read(const YAML::Node& root) {
  if (root.IsMap()) {
    for (const auto& field : root) {
      read_field(field.first.Scalar(), field.second);
    }
  } else if (root.IsDefined() && !root.IsNull()) {
    refuse(root, "expected a kubeconfig (a mapping)");
  }
  TRY(outcome_);
  return std::move(config_);
}

void Reader::read_field(const std::string& key, const YAML::Node& value) {
  if (key == "kind") {
    expect(key, value, "Config");
  } else if (key == "apiVersion") {
    expect(key, value, "v1");
  } else if (key == "clusters") {
    read_list(key, value, config_.clusters);
  } else if (key == "users") {
    read_list(key, value, config_.users);
  } else if (key == "contexts") {
    read_list(key, value, config_.contexts);
  } else if (key == "current-context") {
    config_.current_context = read_text(key, value);
    config_.current_context_file = path_;
  }
}

void Reader::expect(const std::string& key, const YAML::Node& value,
                    std::string_view expected) {
  const std::string text = read_text(key, value);
  if (!text.empty() && text != expected) {
    refuse(value, fmt::format(R"({} is "{}", not "{}")", key, text, expected));
  }
}

template <typename Entry>
void Reader::read_list(const std::string& key, const YAML::Node& list,
                       Kubeconfig::Named<Entry>& into) {
  if (!list.IsNull() && !list.IsSequence()) {
    refuse(list, key + ": expected a list");
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
  if (!item.IsMap()) {
    refuse(item, fmt::format("expected name and {}", inner));
    return;
  }
  std::string name;
  Entry entry;
  entry.file = path_;
  for (const auto& field : item) {
    const std::string& key = field.first.Scalar();
    if (key == "name") {
      name = read_text(key, field.second);
    } else if (key == inner && field.second.IsMap()) {
      read_entry(field.second, entry);
    } else if (key == inner && !field.second.IsNull()) {
      refuse(field.second, inner + ": expected a mapping");
    }
  }
  if (!into.try_emplace(name, std::move(entry)).second) {
    refuse(item, fmt::format("duplicate {} name \"{}\"", inner, name));
  }
}

void Reader::read_entry(const YAML::Node& node, Cluster& cluster) {
  read_texts<Cluster>(node, k_cluster_texts, cluster);
  for (const auto& field : node) {
    const std::string& key = field.first.Scalar();
    if (key == "insecure-skip-tls-verify") {
      cluster.insecure = read_bool(key, field.second);
    } else if (contains(k_cluster_unsupported, key) && is_set(field.second)) {
      cluster.unsupported.push_back(key);
    }
  }
  resolve(cluster.ca_file);
}

void Reader::read_entry(const YAML::Node& node, User& user) {
  read_texts<User>(node, k_user_texts, user);
  for (const auto& field : node) {
    const std::string& key = field.first.Scalar();
    if (contains(k_user_unsupported, key) && is_set(field.second)) {
      user.unsupported.push_back(key);
    }
  }
  resolve(user.token_file);
  resolve(user.cert_file);
  resolve(user.key_file);
}

void Reader::read_entry(const YAML::Node& node, Context& context) {
  read_texts<Context>(node, k_context_texts, context);
}

template <typename Entry>
void Reader::read_texts(const YAML::Node& node,
                        std::span<const TextField<Entry>> fields,
                        Entry& entry) {
  for (const auto& field : node) {
    const std::string& key = field.first.Scalar();
    const auto known = std::ranges::find(fields, std::string_view(key),
                                         &TextField<Entry>::key);
    if (known != fields.end()) {
      entry.*(known->member) = read_text(key, field.second);
    }
  }
}

std::string Reader::read_text(const std::string& key, const YAML::Node& node) {
  if (node.IsScalar()) {
    return node.Scalar();
  }
  if (!node.IsNull()) {
    refuse(node, key + ": expected text");
  }
  return {};
}

bool Reader::read_bool(const std::string& key, const YAML::Node& node) {
  bool value = false;
  // A quoted "true" is text, and kubectl refuses it too.
  const bool plain = node.IsScalar() && node.Tag() != "!";
  const bool read = plain && YAML::convert<bool>::decode(node, value);
  if (!read && !node.IsNull()) {
    refuse(node, key + ": expected true or false");
  }
  return value;
}

void Reader::resolve(std::string& file) const {
  if (file.empty() || file.starts_with('/')) {
    return;
  }
  const auto slash = path_.rfind('/');
  if (slash != std::string::npos) {
    file.insert(0, path_, 0, slash + 1);
  }
}

}  // namespace

Result<Kubeconfig> parse_kubeconfig(const std::string& text,
                                    const std::string& path) {
  Reader reader(path);
  try {
    return reader.read(YAML::Load(text));
  } catch (const YAML::Exception& error) {
    return reader.fail_at(error.mark, error.msg);
  }
}

}  // namespace kprofefe::kube
