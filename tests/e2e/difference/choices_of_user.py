# SPDX-License-Identifier: MIT
"""Axes: who a user is by the kubeconfig's entry, and for whom they act."""

from .axes import axis

identity = axis("identity")
impersonation = axis("impersonation")


def certificate_data(name):
    return lambda setup: {"client-certificate-data": setup.data(f"{name}.crt"),
                          "client-key-data": setup.data(f"{name}.key")}


@identity
def token_file(s):
    s.files["token"] = "token-of-file\n"
    s.user = {"tokenFile": str(s.folder / "token")}


@identity
def token_file_relative(s):
    s.files["conf/secrets/token"] = "token-of-relative-file"
    s.user = {"tokenFile": "secrets/token"}


@identity
def token_file_and_token(s):
    s.files["token"] = " token-of-file \n\n"
    s.user = {"tokenFile": str(s.folder / "token"), "token": "token-beside"}


@identity
def token_file_missing(s):
    s.user = {"tokenFile": str(s.folder / "not-there")}


@identity
def token_file_missing_and_token(s):
    s.user = {"tokenFile": str(s.folder / "not-there"), "token": "beside"}


@identity
def token_file_empty(s):
    s.files["token"] = ""
    s.user = {"tokenFile": str(s.folder / "token")}


@identity
def token_with_spaces_around(s):
    s.user = {"token": " spacious-token "}


@identity
def password(s):
    s.user = {"username": "jane", "password": "pa:ss wörd"}


@identity
def user_name_alone(s):
    s.user = {"username": "jane"}


@identity
def password_alone(s):
    s.user = {"password": "secret-word"}


@identity
def password_and_token(s):
    s.user = {"username": "jane", "password": "secret-word", "token": "t"}


@identity
def password_and_token_file(s):
    s.files["token"] = "token-of-file"
    s.user = {"username": "jane", "password": "secret-word",
              "tokenFile": str(s.folder / "token")}


@identity
def nobody(s):
    s.user = {}


@identity
def certificate_and_password(s):
    s.user = {**certificate_data("user-ec")(s), "username": "jane",
              "password": "secret-word"}


@identity
def certificate_ec(s):
    s.user = certificate_data("user-ec")(s)


@identity
def certificate_rsa(s):
    s.user = certificate_data("user-rsa")(s)


@identity
def certificate_ed25519(s):
    s.user = certificate_data("user-ed25519")(s)


def _other_key(name, certificate, key):
    def change(s):
        s.user = {"client-certificate-data": s.data(f"{certificate}.crt"),
                  "client-key-data": s.data(f"{key}.key")}
    change.__name__ = name
    identity(change)


_other_key("key_in_sec1", "user-ec", "user-ec-sec1")
_other_key("key_in_pkcs1", "user-rsa", "user-rsa-pkcs1")
_other_key("key_encrypted", "user-ec", "user-ec-encrypted")
_other_key("key_encrypted_in_pkcs8", "user-rsa", "user-rsa-encrypted")


@identity
def certificate_and_token(s):
    s.user.update(certificate_data("user-ec")(s))


@identity
def certificate_files(s):
    s.user = {"client-certificate": s.pki("user-ec.crt"),
              "client-key": s.pki("user-ec.key")}


@identity
def certificate_files_relative(s):
    s.copy("user-rsa.crt", "conf/me/cert.pem")
    s.copy("user-rsa.key", "key.pem")
    s.user = {"client-certificate": "me/cert.pem",
              "client-key": "../key.pem"}


@identity
def certificate_data_and_file(s):
    s.user = {**certificate_data("user-ec")(s),
              "client-certificate": s.pki("user-other.crt"),
              "client-key": s.pki("user-other.key")}


@identity
def certificate_data_and_key_file(s):
    s.user = {"client-certificate-data": s.data("user-ec.crt"),
              "client-key": s.pki("user-ec.key")}


@identity
def certificate_file_and_key_data(s):
    s.user = {"client-certificate": s.pki("user-ec.crt"),
              "client-key-data": s.data("user-ec.key")}


@identity
def certificate_without_key(s):
    s.user = {"client-certificate-data": s.data("user-ec.crt")}


@identity
def key_without_certificate(s):
    s.user = {"client-key-data": s.data("user-ec.key")}


@identity
def certificate_of_another_key(s):
    s.user = {"client-certificate-data": s.data("user-ec.crt"),
              "client-key-data": s.data("user-rsa.key")}


@identity
def certificate_file_missing(s):
    s.user = {"client-certificate": "gone.crt", "client-key": "gone.key"}


@identity
def certificate_is_no_base64(s):
    s.user = {"client-certificate-data": "?", "client-key-data": "?"}


@identity
def certificate_is_no_pem(s):
    s.user = {"client-certificate-data": "Z2FyYmFnZQ==",
              "client-key-data": "Z2FyYmFnZQ=="}


@impersonation
def user(s):
    s.user["as"] = "jane"


@impersonation
def everything(s):
    s.user.update({"as": "jane@example.test", "as-uid": "4711", "as-groups": [
        "developers", "system:masters"], "as-user-extra": {
            "Reason": ["on call"], "acme.com/project%x": ["a", "b"]}})


@impersonation
def groups_without_user(s):
    s.user["as-groups"] = ["developers"]


@impersonation
def uid_without_user(s):
    s.user["as-uid"] = "1"


@impersonation
def flag(s):
    s.flags += ["--as", "flag-user"]


@impersonation
def flags(s):
    s.flags += ["--as=flag-user", "--as-uid=17", "--as-group=a",
                "--as-group", "b"]


@impersonation
def extra_flag(s):
    s.flags += ["--as=flag-user", "--as-user-extra", "k=v"]


@impersonation
def flag_over_entry(s):
    everything(s)
    s.flags += ["--as", "flag-user"]


@impersonation
def flags_over_entry(s):
    everything(s)
    s.flags += ["--as", "flag-user", "--as-group", "flag-group",
                "--as-uid", "3"]


@impersonation
def group_flag_for_user_of_entry(s):
    s.user["as"] = "jane"
    s.flags += ["--as-group", "flag-group"]


@impersonation
def group_flag_alone(s):
    s.flags += ["--as-group", "flag-group"]


@impersonation
def uid_flag_alone(s):
    s.flags += ["--as-uid", "3"]


@impersonation
def group_with_comma(s):
    s.flags += ["--as", "jane", "--as-group", "a,b"]


@impersonation
def empty_user_flag(s):
    s.user["as"] = "jane"
    s.flags += ["--as", ""]


@impersonation
def service_account(s):
    s.flags += ["--as", "system:serviceaccount:shop:cart"]


@impersonation
def beyond_ascii(s):
    s.user["as"] = "jänë"
