# SPDX-License-Identifier: MIT
"""An axis: flags that override what the kubeconfig says."""

from .axes import axis

override = axis("override")


@override
def token(s):
    s.flags += ["--token", "token-of-flag"]


@override
def token_over_password(s):
    s.user = {"username": "jane", "password": "word"}
    s.flags += ["--token", "token-of-flag"]


@override
def token_over_file(s):
    s.files["token"] = "token-of-file"
    s.user = {"tokenFile": str(s.folder / "token")}
    s.flags += ["--token", "token-of-flag"]


@override
def token_beside_certificate(s):
    s.user = {"client-certificate-data": s.data("user-ec.crt"),
              "client-key-data": s.data("user-ec.key")}
    s.flags += ["--token=token-of-flag"]


@override
def empty_token(s):
    s.flags += ["--token", ""]


@override
def server(s):
    s.flags += ["--server", s.bench.url("localhost")]


@override
def server_short(s):
    s.flags += ["-s", s.bench.url("localhost", "/prefix")]


@override
def server_clears_its_name(s):
    s.cluster["tls-server-name"] = "wrong.example.test"
    s.flags += ["--server", s.bench.url("localhost")]


@override
def server_and_its_name(s):
    s.flags += ["--server", s.bench.url(), "--tls-server-name", "localhost"]


@override
def server_name(s):
    s.cluster["tls-server-name"] = "wrong.example.test"
    s.flags += ["--tls-server-name", "kubernetes.default.svc"]


@override
def wrong_server_name(s):
    s.flags += ["--tls-server-name", "wrong.example.test"]


@override
def server_over_nothing(s):
    s.cluster = {"certificate-authority": s.pki("ca.crt")}
    s.flags += ["--server", s.bench.url()]


@override
def server_keeps_proxy(s):
    s.cluster["proxy-url"] = s.bench.proxy_url("http")
    s.flags += ["--server", s.bench.url("localhost")]


@override
def insecure(s):
    s.cluster["certificate-authority-data"] = s.data("other-ca.crt")
    s.flags += ["--insecure-skip-tls-verify"]


@override
def insecure_true(s):
    s.flags += ["--insecure-skip-tls-verify=true"]


@override
def insecure_false(s):
    s.without_ca()
    s.cluster["insecure-skip-tls-verify"] = True
    s.flags += ["--insecure-skip-tls-verify=false"]


@override
def insecure_and_ca(s):
    s.flags += ["--insecure-skip-tls-verify", "--certificate-authority",
                s.pki("ca.crt")]


@override
def ca(s):
    s.cluster["certificate-authority-data"] = s.data("other-ca.crt")
    s.flags += ["--certificate-authority", s.pki("ca.crt")]


@override
def ca_of_another(s):
    s.flags += ["--certificate-authority", s.pki("other-ca.crt")]


@override
def ca_over_insecure(s):
    s.without_ca()
    s.cluster["insecure-skip-tls-verify"] = True
    s.flags += ["--certificate-authority", s.pki("other-ca.crt")]


@override
def ca_relative_to_the_working_folder(s):
    s.without_ca()
    s.copy("ca.crt", "work/ca.crt")
    s.flags += ["--certificate-authority", "ca.crt"]


@override
def ca_missing(s):
    s.flags += ["--certificate-authority", "/not/there"]


@override
def certificate(s):
    s.user = {}
    s.flags += ["--client-certificate", s.pki("user-ec.crt"), "--client-key",
                s.pki("user-ec.key")]


@override
def certificate_over_files(s):
    s.user = {"client-certificate": s.pki("user-rsa.crt"),
              "client-key": s.pki("user-rsa.key")}
    s.flags += ["--client-certificate", s.pki("user-ec.crt"), "--client-key",
                s.pki("user-ec.key")]


@override
def certificate_over_data(s):
    s.user = {"client-certificate-data": s.data("user-rsa.crt"),
              "client-key-data": s.data("user-rsa.key")}
    s.flags += ["--client-certificate", s.pki("user-ec.crt"), "--client-key",
                s.pki("user-ec.key")]


@override
def certificate_without_key(s):
    s.user = {}
    s.flags += ["--client-certificate", s.pki("user-ec.crt")]


@override
def key_alone(s):
    s.flags += ["--client-key", s.pki("user-ec.key")]


@override
def certificate_missing(s):
    s.flags += ["--client-certificate=/not/there", "--client-key=/not/there"]


def _user_other(s):
    s.users["other"] = {"client-certificate-data": s.data("user-other.crt"),
                        "client-key-data": s.data("user-other.key")}


@override
def user(s):
    _user_other(s)
    s.flags += ["--user", "other"]


@override
def user_and_token(s):
    s.users["other"] = {"token": "token-of-other"}
    s.flags += ["--user=other", "--token=token-of-flag"]


@override
def unknown_user(s):
    s.flags += ["--user", "nobody"]


@override
def cluster(s):
    s.clusters["other"] = dict(s.cluster, server=s.bench.url(path="/other"))
    s.flags += ["--cluster", "other"]


@override
def unknown_cluster(s):
    s.flags += ["--cluster", "nowhere"]


@override
def context(s):
    _user_other(s)
    s.contexts["other"] = {"cluster": "main", "user": "other"}
    s.flags += ["--context", "other"]


@override
def unknown_context(s):
    s.flags += ["--context", "nothing"]


@override
def empty_context(s):
    s.flags += ["--context", ""]


@override
def context_with_cluster_and_user(s):
    context(s)
    s.clusters["more"] = dict(s.cluster, server=s.bench.url("localhost"))
    s.users["more"] = {"token": "token-of-more"}
    s.flags += ["--cluster", "more", "--user", "more"]


@override
def timeout(s):
    s.flags += ["--request-timeout", "20s"]


@override
def timeout_in_seconds(s):
    s.flags += ["--request-timeout=20"]


@override
def timeout_none(s):
    s.flags += ["--request-timeout=0"]


@override
def timeout_nonsense(s):
    s.flags += ["--request-timeout=soon"]


@override
def timeout_negative(s):
    s.flags += ["--request-timeout=-5s"]


@override
def unknown_flag(s):
    s.flags += ["--no-such-flag"]


@override
def flag_without_value(s):
    s.flags += ["--user"]
