# SPDX-License-Identifier: MIT
"""Certificates and tokens by the openssl command."""

import base64
import json
import pathlib
import subprocess
import time

from . import secrets

SERVER_NAMES = ("IP:127.0.0.1,DNS:kubernetes,DNS:kubernetes.default,"
                "DNS:kubernetes.default.svc")
EC = ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")


class Pki:
    """One certificate authority and the key of ServiceAccount tokens."""

    def __init__(self, folder, server_names=SERVER_NAMES):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.authority("ca")
        if not self.path("sa.key").exists():
            _openssl("genrsa", "-out", self.path("sa.key"), "2048")
            _openssl("rsa", "-in", self.path("sa.key"), "-pubout", "-out",
                     self.path("sa.pub"))
        self.issue("apiserver", "/CN=kube-apiserver", "serverAuth",
                   server_names)
        self.issue("admin", "/O=system:masters/CN=admin", "clientAuth")

    def path(self, name):
        return self.folder / name

    def authority(self, name):
        """<name>.crt and .key of a self-signed authority."""
        if self.path(f"{name}.crt").exists():
            return
        _openssl("req", "-x509", *_new_key(self.path(f"{name}.key")),
                 "-out", self.path(f"{name}.crt"), "-days", "3650",
                 "-subj", f"/CN=e2e-{name}", "-addext",
                 "keyUsage=critical,keyCertSign,cRLSign,digitalSignature")

    def issue(self, name, subject, usage, names=None, key=EC):
        """<name>.crt and .key signed by the authority; `key` is what
        openssl calls its kind."""
        if self.path(f"{name}.crt").exists():
            return
        request, extensions = (self.path(f"{name}.{kind}")
                               for kind in ("csr", "ext"))
        extensions.write_text(
            "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\n"
            f"extendedKeyUsage={usage}\n" +
            (f"subjectAltName={names}\n" if names else ""))
        _openssl("req", *_new_key(self.path(f"{name}.key"), key), "-subj",
                 subject, "-out", request)
        _openssl("x509", "-req", "-in", request, "-CA", self.path("ca.crt"),
                 "-CAkey", self.path("ca.key"), "-CAcreateserial", "-days",
                 "3650", "-extfile", extensions, "-out",
                 self.path(f"{name}.crt"))
        secrets.remember_key(self.path(f"{name}.key").read_text())

    def rewrite_key(self, name, new_name, *words):
        """The same key as the openssl words have it."""
        _openssl(*words, "-in", self.path(f"{name}.key"), "-out",
                 self.path(f"{new_name}.key"))

    def base64(self, name):
        return base64.b64encode(self.path(name).read_bytes()).decode()

    def service_account_token(self, claims, issued, lifetime):
        """A token as the API server signs them, for times it would not give
        out itself, such as one that has expired."""
        claims = dict(claims, iat=issued, nbf=issued, exp=issued + lifetime)
        signed = ".".join(_base64url(json.dumps(part).encode())
                          for part in ({"alg": "RS256", "typ": "JWT"}, claims))
        signature = subprocess.run(
            ["openssl", "dgst", "-sha256", "-sign", self.path("sa.key")],
            input=signed.encode(), check=True, capture_output=True).stdout
        token = f"{signed}.{_base64url(signature)}"
        secrets.remember(token, "a ServiceAccount's token")
        return token


def make_issuer(pki, folder, subject):
    """Shell that signs a certificate and leaves it and its key in the
    variables `certificate` and `key`, as JSON strings want them."""
    request = f"{folder}/issued-$$"
    return f"""
openssl req {' '.join(_new_key(f'{request}.key'))} -subj "{subject}" \
  -out {request}.csr 2>/dev/null
openssl x509 -req -in {request}.csr -CA '{pki.path("ca.crt")}' -days 1 \
  -CAkey '{pki.path("ca.key")}' -CAcreateserial -out {request}.crt 2>/dev/null
certificate=$(awk '{{ printf "%s\\\\n", $0 }}' {request}.crt)
key=$(awk '{{ printf "%s\\\\n", $0 }}' {request}.key)
rm {request}.*
"""


def hours_ago(hours):
    return int(time.time()) - 3600 * hours


def _new_key(path, kind=EC):
    return ("-newkey", *kind, "-nodes", "-keyout", path)


def _base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _openssl(*words):
    done = subprocess.run(["openssl", *map(str, words)], text=True,
                          capture_output=True)
    if done.returncode:
        raise RuntimeError(f"openssl {words[0]} failed: {done.stderr}")
