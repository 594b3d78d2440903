# SPDX-License-Identifier: MIT
"""Axes: which server, what proves that it is that one, which namespace."""

from .axes import axis

trust = axis("trust")
server = axis("server")
namespace = axis("namespace")


@trust
def ca_file(s):
    s.without_ca()
    s.cluster["certificate-authority"] = s.pki("ca.crt")


@trust
def ca_file_relative(s):
    s.without_ca()
    s.copy("ca.crt", "conf/trust/ca.pem")
    s.cluster["certificate-authority"] = "./trust/ca.pem"


@trust
def ca_file_missing(s):
    s.without_ca()
    s.cluster["certificate-authority"] = "gone.pem"


@trust
def ca_file_and_data(s):
    s.cluster["certificate-authority"] = s.pki("other-ca.crt")


@trust
def ca_bundle(s):
    both = "".join(s.bench.pki.path(f"{name}.crt").read_text()
                   for name in ("other-ca", "ca"))
    s.without_ca()
    s.files["bundle.pem"] = f"# ours\n{both}\n"
    s.cluster["certificate-authority"] = str(s.folder / "bundle.pem")


@trust
def ca_of_another(s):
    s.cluster["certificate-authority-data"] = s.data("other-ca.crt")


@trust
def ca_is_no_pem(s):
    s.cluster["certificate-authority-data"] = "Z2FyYmFnZQ=="


@trust
def ca_is_no_base64(s):
    s.cluster["certificate-authority-data"] = "@@@"


@trust
def the_systems_authorities(s):
    s.without_ca()


@trust
def insecure(s):
    s.without_ca()
    s.cluster["insecure-skip-tls-verify"] = True


@trust
def insecure_with_ca(s):
    s.cluster["insecure-skip-tls-verify"] = True


@trust
def insecure_false_with_ca(s):
    s.cluster["insecure-skip-tls-verify"] = False


@trust
def server_name(s):
    s.cluster["tls-server-name"] = "kubernetes.default.svc"


@trust
def server_name_wildcard(s):
    s.cluster["tls-server-name"] = "shop.apps.example.test"


@trust
def server_name_wrong(s):
    s.cluster["tls-server-name"] = "wrong.example.test"


@trust
def server_name_insecure(s):
    insecure(s)
    s.cluster["tls-server-name"] = "wrong.example.test"


@server
def localhost(s):
    s.cluster["server"] = s.bench.url("localhost")


@server
def ipv6(s):
    s.cluster["server"] = s.bench.url("[::1]")


@server
def path_prefix(s):
    s.cluster["server"] = s.bench.url(path="/k8s/clusters/c-1")


@server
def path_prefix_and_slash(s):
    s.cluster["server"] = s.bench.url(path="/k8s/clusters/c-1/")


@server
def trailing_slash(s):
    s.cluster["server"] = s.bench.url(path="/")


@server
def path_prefix_with_query(s):
    s.cluster["server"] = s.bench.url(path="/k8s?token=x#there")


@server
def escaped_prefix(s):
    s.cluster["server"] = s.bench.url(path="/a%20b/c")


@server
def login_in_the_url(s):
    s.cluster["server"] = s.bench.url("me:word@127.0.0.1")


@server
def login_in_the_url_alone(s):
    login_in_the_url(s)
    s.user = {"client-certificate-data": s.data("user-ec.crt"),
              "client-key-data": s.data("user-ec.key")}


@server
def no_scheme(s):
    s.cluster["server"] = s.bench.url().removeprefix("https://")


@server
def upper_case(s):
    s.cluster["server"] = s.bench.url("LOCALHOST").replace("https", "HTTPS")


@server
def plain_http(s):
    s.cluster["server"] = f"http://127.0.0.1:{s.bench.plain.port}"


@server
def plain_http_without_scheme(s):
    s.without_ca()
    s.cluster["server"] = f"127.0.0.1:{s.bench.plain.port}"


@server
def no_such_name(s):
    s.cluster["server"] = "https://nowhere.invalid:6443"


@server
def other_scheme(s):
    s.cluster["server"] = f"ftp://127.0.0.1:{s.bench.tls.port}"


@server
def closed_port(s):
    s.cluster["server"] = "https://127.0.0.1:1"


@server
def named_host(s):
    s.private = True
    s.cluster["server"] = s.bench.url("api.example.test")


@namespace
def none(s):
    s.context.pop("namespace")


@namespace
def empty(s):
    s.context["namespace"] = ""


@namespace
def by_flag(s):
    s.flags += ["-n", "by-flag"]


@namespace
def by_long_flag(s):
    s.flags += ["--namespace=by-flag"]


@namespace
def by_flag_twice(s):
    s.flags += ["-n", "first", "-n", "second"]


@namespace
def by_flag_with_kind(s):
    s.flags += ["-n", "ns/by-flag"]


@namespace
def by_flag_with_long_kind(s):
    s.flags += ["-n", "namespace/by-flag"]


@namespace
def pod_namespace_is_for_pods(s):
    s.env["POD_NAMESPACE"] = "of-the-pod"


@namespace
def not_a_label(s):
    s.context["namespace"] = "Shop.EU"
