# SPDX-License-Identifier: MIT
"""An axis: the proxy on the way, by entry or by environment."""

from .axes import axis

proxy = axis("proxy")


def _proxied(kind, login=""):
    def change(s):
        s.cluster["proxy-url"] = s.bench.proxy_url(kind, login)
    return change


def _for_all(s, name="HTTPS_PROXY"):
    """By the environment, for a server that is not of this machine: Go
    never takes a proxy to loopback addresses."""
    s.private = True
    s.cluster["server"] = s.bench.url("api.example.test")
    s.env[name] = s.bench.proxy_url("http")


@proxy
def http(s):
    _proxied("http")(s)


@proxy
def http_with_login(s):
    _proxied("http", "me:pa%40ss@")(s)


@proxy
def http_with_user_alone(s):
    _proxied("http", "me@")(s)


@proxy
def https(s):
    # Its certificate is verified with the authorities of the cluster.
    _proxied("https")(s)


@proxy
def https_with_login(s):
    _proxied("https", "me:word@")(s)


@proxy
def https_insecure(s):
    s.without_ca()
    s.cluster["insecure-skip-tls-verify"] = True
    _proxied("https")(s)


@proxy
def https_with_server_name(s):
    s.cluster["tls-server-name"] = "kubernetes.default.svc"
    _proxied("https")(s)


@proxy
def socks5(s):
    _proxied("socks5")(s)


@proxy
def socks5_with_login(s):
    _proxied("socks5", "me:word@")(s)


@proxy
def socks5_resolves_names(s):
    s.private = True
    s.cluster["server"] = s.bench.url("api.example.test")
    _proxied("socks5")(s)


@proxy
def http_resolves_names(s):
    s.cluster["server"] = s.bench.url("localhost")
    _proxied("http")(s)


@proxy
def http_and_ipv6(s):
    s.cluster["server"] = s.bench.url("[::1]")
    _proxied("http")(s)


@proxy
def http_and_default_port(s):
    s.private = True
    s.cluster["server"] = "https://api.example.test"
    _proxied("http")(s)


@proxy
def http_to_plain_http(s):
    s.cluster["server"] = f"http://127.0.0.1:{s.bench.plain.port}"
    _proxied("http")(s)


@proxy
def without_scheme(s):
    s.cluster["proxy-url"] = s.bench.proxy_url("http").split("//")[1]


@proxy
def of_unknown_scheme(s):
    s.cluster["proxy-url"] = "ftp://127.0.0.1:1"


@proxy
def unreachable(s):
    s.cluster["proxy-url"] = "http://127.0.0.1:1"


@proxy
def unreachable_with_secret(s):
    s.cluster["proxy-url"] = "http://me:secret-of-proxy@127.0.0.1:1"


@proxy
def entry_beats_environment(s):
    _for_all(s)
    s.env["HTTPS_PROXY"] = "http://127.0.0.1:1"
    _proxied("http")(s)


@proxy
def entry_beats_no_proxy(s):
    _for_all(s)
    s.env["NO_PROXY"] = "*"
    _proxied("socks5")(s)


@proxy
def environment(s):
    _for_all(s)


@proxy
def environment_in_lower_case(s):
    _for_all(s, "https_proxy")


@proxy
def environment_upper_beats_lower(s):
    _for_all(s, "https_proxy")
    s.env["HTTPS_PROXY"] = s.bench.proxy_url("socks5")


@proxy
def environment_without_scheme(s):
    _for_all(s)
    s.env["HTTPS_PROXY"] = s.env["HTTPS_PROXY"].split("//")[1]


@proxy
def environment_with_login(s):
    _for_all(s)
    s.env["HTTPS_PROXY"] = s.bench.proxy_url("http", "me:pass@")


@proxy
def environment_socks5(s):
    _for_all(s)
    s.env["HTTPS_PROXY"] = s.bench.proxy_url("socks5")


@proxy
def environment_https(s):
    _for_all(s)
    s.env["HTTPS_PROXY"] = s.bench.proxy_url("https")


@proxy
def environment_for_http_alone(s):
    _for_all(s, "HTTP_PROXY")


@proxy
def environment_all_proxy_is_not_gos(s):
    _for_all(s, "ALL_PROXY")


@proxy
def environment_but_loopback(s):
    s.env["HTTPS_PROXY"] = s.bench.proxy_url("http")


@proxy
def environment_but_localhost(s):
    s.env["HTTPS_PROXY"] = s.bench.proxy_url("http")
    s.cluster["server"] = s.bench.url("localhost")


@proxy
def environment_for_plain_http(s):
    s.private = True
    s.env["HTTP_PROXY"] = s.bench.proxy_url("http")
    s.cluster["server"] = f"http://api.example.test:{s.bench.plain.port}"


def _excluded(name, *exclusions):
    def change(s):
        _for_all(s)
        s.env["NO_PROXY"] = ",".join(exclusions).replace(
            "PORT", str(s.bench.tls.port))
    change.__name__ = name
    proxy(change)


for _name, _exclusions in {
        "no_proxy_host": ["api.example.test"],
        "no_proxy_domain": ["example.test"],
        "no_proxy_dotted_domain": [".example.test"],
        "no_proxy_star_domain": ["*.example.test"],
        "no_proxy_dotted_host": [".api.example.test"],
        "no_proxy_everything": ["*"],
        "no_proxy_upper_case": ["API.EXAMPLE.TEST"],
        "no_proxy_with_port": ["api.example.test:PORT"],
        "no_proxy_with_other_port": ["api.example.test:1"],
        "no_proxy_part_of_a_label": ["ample.test"],
        "no_proxy_spaces": [" other.test ", "  example.test  "],
        "no_proxy_list": ["a.test", "", "10.0.0.0/8", "example.test"],
        "no_proxy_scheme": ["https://api.example.test"],
        "no_proxy_another": ["other.example.test"]}.items():
    _excluded(_name, *_exclusions)


@proxy
def no_proxy_in_lower_case(s):
    _for_all(s)
    s.env["no_proxy"] = "example.test"


def _address(name, host, exclusion):
    def change(s):
        s.env["HTTPS_PROXY"] = s.bench.proxy_url("http")
        s.cluster["server"] = s.bench.url(host)
        s.cluster["tls-server-name"] = "localhost"
        s.env["NO_PROXY"] = exclusion
    change.__name__ = name
    proxy(change)


# Addresses nobody has: only the proxy makes something of them.
for _name, _host, _exclusion in (
        ("environment_for_an_address", "192.0.2.7", ""),
        ("environment_for_an_ipv6_address", "[2001:db8::7]", ""),
        ("no_proxy_other_cidr", "192.0.2.7", "198.51.100.0/24"),
        ("no_proxy_other_address", "192.0.2.7", "192.0.2.8"),
        ("no_proxy_part_of_an_address", "192.0.2.7", "2.7,.2.7"),
        ("no_proxy_other_ipv6_cidr", "[2001:db8::7]", "2001:db9::/32")):
    _address(_name, _host, _exclusion)
