# SPDX-License-Identifier: MIT
"""An axis: users whose credentials come from a program."""

import base64
import json

from .axes import axis

plugin = axis("plugin")
V1 = "client.authentication.k8s.io/v1"
V1BETA1 = "client.authentication.k8s.io/v1beta1"


def credential(version=V1, **status):
    return json.dumps({"apiVersion": version, "kind": "ExecCredential",
                       "status": status})


def _printing(text, s, **changes):
    """A user whose program prints that, by its absolute path."""
    s.files["answer"] = text
    script = s.script("bin/plugin", f"cat '{s.folder}/answer'\n")
    entry = {"apiVersion": V1, "command": str(script),
             "interactiveMode": "Never", **changes}
    s.user = {"exec": {key: value for key, value in entry.items()
                       if value is not None}}


@plugin
def token(s):
    _printing(credential(token="token-of-plugin"), s)


@plugin
def token_v1beta1(s):
    _printing(credential(V1BETA1, token="token-of-plugin"), s,
              apiVersion=V1BETA1, interactiveMode=None)


@plugin
def certificate(s):
    pki = s.bench.pki.path
    _printing(credential(
        clientCertificateData=pki("user-rsa.crt").read_text(),
        clientKeyData=pki("user-rsa.key").read_text()), s)


@plugin
def token_and_certificate(s):
    pki = s.bench.pki.path
    _printing(credential(
        token="token-of-plugin",
        clientCertificateData=pki("user-ec.crt").read_text(),
        clientKeyData=pki("user-ec.key").read_text()), s)


@plugin
def certificate_without_key(s):
    pki = s.bench.pki.path
    _printing(credential(
        clientCertificateData=pki("user-ec.crt").read_text()), s)


@plugin
def nothing(s):
    _printing(credential(), s)


@plugin
def no_status(s):
    _printing(json.dumps({"apiVersion": V1, "kind": "ExecCredential"}), s)


@plugin
def no_json(s):
    _printing("hello", s)


@plugin
def no_kind(s):
    _printing(json.dumps({"apiVersion": V1, "status": {
        "token": "token-of-plugin"}}), s)


@plugin
def junk_behind(s):
    _printing(credential(token="t") + "\njunk", s)


@plugin
def two_answers(s):
    _printing(credential(token="t") + credential(token="t"), s)


@plugin
def expiry_is_a_number(s):
    _printing(credential(token="t", expirationTimestamp=12345), s)


@plugin
def token_is_a_number(s):
    _printing(credential(token=123), s)


@plugin
def command_is_no_program(s):
    path = s.script("bin/text", "")
    _printing("", s, command=str(path))
    path.write_text("no program")


@plugin
def yaml(s):
    _printing(f"apiVersion: {V1}\nkind: ExecCredential\nstatus:\n"
              "  token: token-of-yaml\n", s)


@plugin
def another_version(s):
    _printing(credential(V1BETA1, token="t"), s)


@plugin
def another_kind(s):
    _printing(credential(token="t").replace("ExecCredential", "Token"), s)


@plugin
def expired_already(s):
    _printing(credential(token="token-of-yesterday",
                         expirationTimestamp="2020-01-01T00:00:00Z"), s)


@plugin
def expiry_is_nonsense(s):
    _printing(credential(token="t", expirationTimestamp="soon"), s)


@plugin
def expires_in_the_year_9999(s):
    _printing(credential(token="token-of-plugin",
                         expirationTimestamp="9999-12-31T23:59:59Z"), s)


@plugin
def expires_at_the_zero_time_of_go(s):
    _printing(credential(token="token-of-plugin",
                         expirationTimestamp="0001-01-01T00:00:00Z"), s)


@plugin
def v1alpha1(s):
    _printing(credential(token="t"), s,
              apiVersion="client.authentication.k8s.io/v1alpha1")


@plugin
def unknown_version(s):
    _printing(credential(token="t"), s, apiVersion="v1")


@plugin
def no_version(s):
    _printing(credential(token="t"), s, apiVersion=None)


@plugin
def no_interactive_mode(s):
    _printing(credential(token="t"), s, interactiveMode=None)


@plugin
def unknown_interactive_mode(s):
    _printing(credential(token="t"), s, interactiveMode="Sometimes")


@plugin
def interactive_if_available(s):
    _printing(credential(token="token-of-plugin"), s,
              interactiveMode="IfAvailable")


@plugin
def interactive_always_without_a_terminal(s):
    _printing(credential(token="t"), s, interactiveMode="Always")


@plugin
def no_command(s):
    _printing(credential(token="t"), s, command=None)


@plugin
def command_missing(s):
    _printing("", s, command="no-such-plugin", installHint="Install it.")


@plugin
def command_missing_by_path(s):
    _printing("", s, command="/not/there", installHint="Install it.")


@plugin
def command_not_executable(s):
    _printing("", s, command=str(s.folder / "answer"))


@plugin
def command_relative_to_its_file(s):
    s.script("conf/tools/plugin", "echo '" +
             credential(token="token-of-relative") + "'\n")
    _printing("", s, command="./tools/plugin")


@plugin
def command_relative_without_a_dot(s):
    s.script("conf/tools/plugin", "echo '" +
             credential(token="token-of-relative") + "'\n")
    _printing("", s, command="tools/plugin")


@plugin
def command_on_the_path(s):
    s.script("path/profefe-plugin", "echo '" +
             credential(token="token-of-path") + "'\n")
    s.env["PATH"] = f"{s.folder}/path:/usr/bin:/bin"
    _printing("", s, command="profefe-plugin")


@plugin
def command_beside_the_file_is_not_on_the_path(s):
    s.script("conf/profefe-plugin", "echo '" + credential(token="t") + "'\n")
    s.script("work/profefe-plugin", "echo '" + credential(token="t") + "'\n")
    _printing("", s, command="profefe-plugin")


def _telling(s, words, **changes):
    """A program whose token is made of what it was told."""
    _printing("", s, **changes)
    s.script("bin/plugin", f"""
told=$(printf %s "{words}" | base64 -w0)
printf '{{"apiVersion":"{V1}","kind":"ExecCredential",'
printf '"status":{{"token":"%s"}}}}' "$told"
""")


@plugin
def arguments(s):
    _telling(s, "$# $1 $2 $3", args=["a b", "", "--c"])


@plugin
def variables(s):
    s.env["INHERITED"] = "from-outside"
    s.env["CHANGED"] = "from-outside"
    _telling(s, "$INHERITED $CHANGED $ADDED", env=[
        {"name": "CHANGED", "value": "by-entry"},
        {"name": "ADDED", "value": "x=y"}])


@plugin
def told_to_be_quiet(s):
    _telling(s, "$KUBERNETES_EXEC_INFO")


@plugin
def told_of_the_cluster(s):
    s.cluster["extensions"] = [{
        "name": "client.authentication.k8s.io/exec",
        "extension": {"audience": "profiles", "deep": {"n": [1, True]}}}]
    s.cluster["tls-server-name"] = "localhost"
    _telling(s, "$KUBERNETES_EXEC_INFO", provideClusterInfo=True)


@plugin
def told_of_the_cluster_with_ca_by_file(s):
    s.without_ca()
    s.cluster["certificate-authority"] = s.pki("ca.crt")
    _telling(s, "$KUBERNETES_EXEC_INFO", provideClusterInfo=True)


@plugin
def told_of_the_cluster_with_proxy(s):
    s.cluster["proxy-url"] = s.bench.proxy_url("http", "me:word@")
    s.cluster["disable-compression"] = True
    _telling(s, "$KUBERNETES_EXEC_INFO", provideClusterInfo=True)


@plugin
def told_of_an_insecure_cluster(s):
    s.without_ca()
    s.cluster["insecure-skip-tls-verify"] = True
    _telling(s, "$KUBERNETES_EXEC_INFO", provideClusterInfo=True)


@plugin
def works_in_our_folder(s):
    _telling(s, "$PWD")


@plugin
def fails(s):
    _printing("", s, installHint="Log in first.")
    s.script("bin/plugin", "echo why it failed >&2\nexit 7\n")


@plugin
def killed(s):
    _printing("", s)
    s.script("bin/plugin", "kill -9 $$\n")


@plugin
def talks_on_stderr(s):
    _printing(credential(token="token-of-plugin"), s)
    s.script("bin/plugin", f"echo hello >&2\ncat '{s.folder}/answer'\n")


@plugin
def beside_a_token(s):
    _printing(credential(token="token-of-plugin"), s)
    s.user["token"] = "token-of-entry"


@plugin
def beside_a_certificate(s):
    _printing(credential(token="token-of-plugin"), s)
    s.user.update({"client-certificate": s.pki("user-ec.crt"),
                   "client-key": s.pki("user-ec.key")})


@plugin
def beside_a_token_flag(s):
    _printing(credential(token="token-of-plugin"), s)
    s.flags += ["--token", "token-of-flag"]


@plugin
def beside_a_password(s):
    _printing(credential(token="token-of-plugin"), s)
    s.user.update(username="jane", password="word")


@plugin
def beside_a_provider(s):
    _printing(credential(token="t"), s)
    s.user["auth-provider"] = {"name": "oidc", "config": {}}


@plugin
def impersonating(s):
    _printing(credential(token="token-of-plugin"), s)
    s.user["as"] = "jane"


def _provider(name, **config):
    def change(s):
        s.user = {"auth-provider": {"name": name, "config": config}}
    change.__name__ = f"provider_{name}"
    plugin(change)


_provider("gcp")
_provider("azure")
_provider("nobody-knows")
_provider("oidc")


def _oidc(s, **config):
    s.user = {"auth-provider": {"name": "oidc", "config": {
        "idp-issuer-url": "https://127.0.0.1:1", "client-id": "c",
        "client-secret": "secret-of-client", **config}}}


def jwt(expiry):
    """An id token as far as anyone looks at it here."""
    def part(value):
        data = json.dumps(value).encode()
        return base64.urlsafe_b64encode(data).decode().rstrip("=")
    return ".".join((part({"alg": "none"}), part({"exp": expiry}), "sig"))


@plugin
def oidc_token_still_valid(s):
    _oidc(s, **{"id-token": jwt(4102444800), "refresh-token": "r"})


@plugin
def oidc_token_valid_for_centuries(s):
    _oidc(s, **{"id-token": jwt(9999999999)})


@plugin
def oidc_token_expires_beyond_64_bits(s):
    _oidc(s, **{"id-token": jwt(1e300)})


@plugin
def oidc_token_expiry_in_quotes(s):
    _oidc(s, **{"id-token": jwt("4102444800")})


@plugin
def oidc_token_expired_without_refresh(s):
    _oidc(s, **{"id-token": jwt(1)})


@plugin
def oidc_token_is_nonsense(s):
    _oidc(s, **{"id-token": "x.y"})


@plugin
def oidc_refresh_where_nobody_answers(s):
    _oidc(s, **{"id-token": jwt(1), "refresh-token": "secret-refresh"})
