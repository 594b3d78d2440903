# SPDX-License-Identifier: MIT
"""Axes: how entries are spread over files, and what the environment adds."""

from .axes import axis
from .setup import one_file
from .yaml_text import as_yaml

files = axis("files")
environment = axis("environment")


def _listed(s, *paths):
    s.env["KUBECONFIG"] = ":".join(
        str(s.folder / path) if path else "" for path in paths)


def _other(server, token, namespace="of-other"):
    """A kubeconfig whose entries are called as the main ones."""
    return {"apiVersion": "v1", "kind": "Config", "current-context": "main",
            "clusters": [{"name": "main", "cluster": {"server": server}}],
            "users": [{"name": "main", "user": {"token": token}}],
            "contexts": [{"name": "main", "context": {
                "cluster": "main", "user": "main",
                "namespace": namespace}}]}


def layout(write):
    """A choice whose body is the layout."""
    def change(s):
        s.layout = write
    change.__name__ = write.__name__
    return files(change)


@files
def yaml(s):
    s.text = as_yaml


@layout
def home(s):
    return {"home/.kube/config": s.text(s.config())}


@layout
def kubeconfig_flag(s):
    s.env["KUBECONFIG"] = "/not/there"
    s.flags += ["--kubeconfig", str(s.folder / "conf/config")]
    return {"conf/config": s.text(s.config())}


@layout
def kubeconfig_flag_relative(s):
    s.flags += ["--kubeconfig=../conf/config"]
    return {"conf/config": s.text(s.config())}


@layout
def kubeconfig_variable_relative(s):
    s.env["KUBECONFIG"] = "../conf/config"
    return {"conf/config": s.text(s.config())}


@layout
def kubeconfig_flag_missing(s):
    s.flags += ["--kubeconfig", "/not/there"]
    return one_file(s)


@layout
def kubeconfig_flag_takes_no_list(s):
    s.flags += ["--kubeconfig", f"{s.folder}/conf/config:{s.folder}/b"]
    return {"conf/config": s.text(s.config()),
            "b": s.text(_other("https://127.0.0.1:1", "t"))}


@layout
def kubeconfig_flag_is_not_merged(s):
    _listed(s, "conf/other")
    s.users["extra"] = {"token": "token-of-extra"}
    s.flags += ["--kubeconfig", str(s.folder / "conf/config")]
    return {"conf/config": s.text(s.config()),
            "conf/other": s.text(_other("https://127.0.0.1:1", "t"))}


@layout
def empty_variable_means_home(s):
    s.env["KUBECONFIG"] = ""
    return {"home/.kube/config": s.text(s.config())}


@layout
def variable_beats_home(s):
    return {**one_file(s),
            "home/.kube/config": s.text(_other("https://127.0.0.1:1", "t"))}


@layout
def all_of_the_list_missing(s):
    _listed(s, "gone/a", "gone/b")
    return {"home/.kube/config": s.text(s.config())}


@layout
def some_of_the_list_missing(s):
    _listed(s, "gone/a", "conf/config", "", "gone/b", "conf/config")
    return {"conf/config": s.text(s.config())}


@layout
def first_wins(s):
    _listed(s, "conf/config", "b")
    return {"conf/config": s.text(s.config()),
            "b": s.text(_other(s.bench.url("localhost"), "token-of-b"))}


@layout
def first_wins_entry_by_entry(s):
    """The first has a user without a token: the second's is not mixed in."""
    _listed(s, "a", "conf/config")
    first = _other(s.bench.url(path="/first"), "token-of-first")
    del first["users"], first["contexts"]
    return {"a": s.text(first), "conf/config": s.text(s.config())}


@layout
def split_by_kind(s):
    _listed(s, "a/contexts", "conf/config", "b/users")
    return {"a/contexts": s.text(s.config(contexts=True)),
            "conf/config": s.text(s.config(clusters=True, current=True,
                                           users=bool(s.user))),
            "b/users": s.text(s.config(users=True))}


@layout
def current_context_of_the_first_that_has_one(s):
    _listed(s, "a", "conf/config")
    none = {"apiVersion": "v1", "kind": "Config", "current-context": ""}
    return {"a": s.text(none), "conf/config": s.text(s.config())}


@layout
def first_current_context_wins(s):
    _listed(s, "a", "conf/config")
    s.contexts["first"] = dict(s.context or {}, namespace="of-first")
    return {"a": s.text({"current-context": "first"}),
            "conf/config": s.text(s.config())}


@layout
def one_of_two_broken(s):
    _listed(s, "conf/config", "broken")
    return {"conf/config": s.text(s.config()), "broken": "users: [\n"}


@layout
def one_of_two_empty(s):
    _listed(s, "empty", "conf/config")
    return {"empty": "", "conf/config": s.text(s.config())}


@files
def a_folder_in_the_list(s):
    s.layout = lambda s: (_listed(s, "conf", "conf/config"),
                          {"conf/config": s.text(s.config())})[1]


@files
def no_current_context(s):
    s.current = None


@files
def current_context_unknown(s):
    s.current = "gone"


@files
def context_without_user(s):
    s.context.pop("user")


@files
def context_without_cluster(s):
    s.context.pop("cluster")


@files
def context_of_unknown_user(s):
    s.context["user"] = "gone"


@files
def context_of_unknown_cluster(s):
    s.context["cluster"] = "gone"


@files
def empty_cluster(s):
    s.cluster = {}


@files
def cluster_without_server(s):
    s.cluster.pop("server")


@files
def another_user_is_broken(s):
    s.users["broken"] = {"token": "a", "username": "b",
                         "client-certificate": "gone"}


@files
def another_user_is_no_base64(s):
    s.users["broken"] = {"client-certificate-data": "?"}


@files
def another_cluster_is_broken(s):
    s.clusters["broken"] = {"server": "://", "certificate-authority": "gone"}


@files
def two_entries_of_one_name(s):
    def write(s):
        config = s.config()
        config["users"].append({"name": "main", "user": {"token": "second"}})
        s.env["KUBECONFIG"] = s.folder / "conf/config"
        return {"conf/config": s.text(config)}
    s.layout = write


@files
def extensions_and_preferences(s):
    s.cluster["extensions"] = [{"name": "minikube.sigs.k8s.io/cluster",
                                "extension": {"version": "v1"}}]
    s.context["extensions"] = [{"name": "x", "extension": {"y": [1]}}]
    s.cluster["disable-compression"] = True


@environment
def kubernetes_master(s):
    s.env["KUBERNETES_MASTER"] = "https://127.0.0.1:1"


@environment
def kubernetes_master_for_an_empty_cluster(s):
    s.env["KUBERNETES_MASTER"] = s.bench.url("localhost")
    s.cluster = {"certificate-authority": s.pki("ca.crt")}


@environment
def service_variables(s):
    """A pod's variables, but no ServiceAccount."""
    s.env.update(KUBERNETES_SERVICE_HOST="127.0.0.1",
                 KUBERNETES_SERVICE_PORT="1")


def in_pod(s, host="127.0.0.1"):
    account = "run/secrets/kubernetes.io/serviceaccount"
    s.private = True
    s.files.update({
        f"{account}/token": "token-of-pod", f"{account}/namespace": "pods-own",
        f"{account}/ca.crt": s.bench.pki.path("ca.crt").read_text()})
    s.env.update(KUBERNETES_SERVICE_HOST=host,
                 KUBERNETES_SERVICE_PORT=str(s.bench.tls.port))


def nothing(s):
    s.layout = lambda s: {}


@environment
def kubeconfig_in_a_pod(s):
    in_pod(s)


@environment
def pod(s):
    in_pod(s)
    nothing(s)


@environment
def pod_by_ipv6(s):
    in_pod(s, "::1")
    nothing(s)


@environment
def pod_with_pod_namespace(s):
    in_pod(s)
    nothing(s)
    s.env["POD_NAMESPACE"] = "of-variable"


@environment
def pod_with_token_flag(s):
    in_pod(s)
    nothing(s)
    s.flags += ["--token", "token-of-flag"]


@environment
def pod_with_namespace_flag(s):
    in_pod(s)
    nothing(s)
    s.flags += ["-n", "by-flag"]


@environment
def pod_with_server_flag(s):
    in_pod(s)
    nothing(s)
    s.flags += ["--server", s.bench.url("localhost")]


@environment
def pod_with_insecure_flag(s):
    in_pod(s)
    nothing(s)
    s.flags += ["--insecure-skip-tls-verify"]


@environment
def pod_with_ca_flag(s):
    in_pod(s)
    nothing(s)
    s.flags += ["--certificate-authority", s.pki("other-ca.crt")]


@environment
def pod_impersonating(s):
    in_pod(s)
    nothing(s)
    s.flags += ["--as", "jane"]


@environment
def pod_with_proxy(s):
    in_pod(s, "api.example.test")
    nothing(s)
    s.env["HTTPS_PROXY"] = s.bench.proxy_url("http")


@environment
def pod_with_kubernetes_master(s):
    in_pod(s)
    nothing(s)
    s.env["KUBERNETES_MASTER"] = s.bench.url("localhost")


@environment
def pod_with_request_timeout(s):
    in_pod(s)
    nothing(s)
    s.flags += ["--request-timeout=20s"]


@environment
def no_configuration(s):
    nothing(s)


@environment
def no_configuration_but_server_flag(s):
    nothing(s)
    s.flags += ["--server", s.bench.url(), "--insecure-skip-tls-verify",
                "--token", "token-of-flag"]


@environment
def no_configuration_but_master(s):
    nothing(s)
    s.env["KUBERNETES_MASTER"] = f"http://127.0.0.1:{s.bench.plain.port}"


@environment
def no_home(s):
    s.env["HOME"] = ""
