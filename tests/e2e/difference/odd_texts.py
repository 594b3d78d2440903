# SPDX-License-Identifier: MIT
"""Kubeconfigs as people and programs write them; and some nobody should."""

from .setup import raw

PLAIN = """apiVersion: v1
kind: Config
current-context: main
clusters:
- name: main
  cluster:
    server: {server}
    certificate-authority-data: {ca}
users:
- name: main
  user:
    token: {token}
contexts:
- name: main
  context:
    cluster: main
    user: main
    namespace: shop
"""


def _changed(old, new):
    assert old in PLAIN, old
    return PLAIN.replace(old, new)


TEXTS = {
    "plain": PLAIN,
    "document start": "---\n" + PLAIN,
    "document start and end": "---\n" + PLAIN + "...\n",
    "two documents": PLAIN + "---\n" + _changed("{token}", "second"),
    "an empty document first": "---\n---\n" + PLAIN,
    "comments": "# mine\n" + _changed("{token}", "{token} # secret"),
    "a byte order mark": "\ufeff" + PLAIN,
    "windows line ends": PLAIN.replace("\n", "\r\n"),
    "tabs for indentation": PLAIN.replace("  ", "\t"),
    "a tab after a value": _changed("namespace: shop", "namespace: shop\t"),
    "single quotes": _changed("{token}", "'{token}'"),
    "double quotes": _changed("{token}", '"{token}"'),
    "escapes in double quotes": _changed("{token}", '"tok\\u0065n\\x2d1"'),
    "a quote in single quotes": _changed("{token}", "'it''s'"),
    "a folded scalar": _changed("{token}", ">-\n      {token}"),
    "a literal scalar": _changed("{token}", "|\n      {token}"),
    "flow style": """{apiVersion: v1, kind: Config, current-context: main,
clusters: [{name: main, cluster: {server: "{server}",
  certificate-authority-data: "{ca}"}}],
users: [{name: main, user: {token: "{token}"}}],
contexts: [{name: main, context: {cluster: main, user: main}}]}
""",
    "an anchor": _changed("cluster: main\n    user: main",
                          "cluster: &m main\n    user: *m"),
    "a merge key": """x: &user {token: {token}}
""" + _changed("    token: {token}", "    <<: *user"),
    "an unknown anchor": _changed("{token}", "*nothing"),
    "a numeric token": _changed("{token}", "12345678"),
    "a numeric token in quotes": _changed("{token}", '"12345678"'),
    "a token like a date": _changed("{token}", "2024-01-01"),
    "a token like an octal number": _changed("{token}", "0123"),
    "a token like a float": _changed("{token}", "1e5"),
    "a token like a truth": _changed("{token}", "yes"),
    "a token that is true": _changed("{token}", "true"),
    "a token that is null": _changed("{token}", "null"),
    "a token that is a tilde": _changed("{token}", "~"),
    "a token that is missing": _changed("{token}", ""),
    "a token tagged as text": _changed("{token}", "!!str 123"),
    "a token tagged as null": _changed("{token}", "!!null x"),
    "a token that is a list": _changed("{token}", "[a]"),
    "a numeric namespace": _changed("shop", "42"),
    "a namespace like a truth": _changed("shop", "on"),
    "numeric names": PLAIN.replace("main", "7"),
    "numeric names in quotes": PLAIN.replace("main", '"7"'),
    "names like truths": PLAIN.replace("main", "no"),
    "an empty name": PLAIN.replace(": main", ': ""'),
    "names with spaces": PLAIN.replace("main", "my cluster"),
    "names of EKS": PLAIN.replace(
        "main", "arn:aws:eks:eu-west-1:1234:cluster/prod"),
    "names beyond ASCII": PLAIN.replace("main", "prod-ü-東京"),
    "insecure as text": _changed(
        "certificate-authority-data: {ca}",
        'insecure-skip-tls-verify: "true"'),
    "insecure as yes": _changed(
        "certificate-authority-data: {ca}", "insecure-skip-tls-verify: yes"),
    "insecure as a number": _changed(
        "certificate-authority-data: {ca}", "insecure-skip-tls-verify: 1"),
    "insecure as null": _changed(
        "server:", "insecure-skip-tls-verify: null\n    server:"),
    "users is null": PLAIN + "preferences: null\nextensions: null\n",
    "clusters is a map": _changed(
        "- name: main\n  cluster:\n    server", "  main:\n    server"),
    "users without entries": PLAIN.replace(
        "users:\n- name: main\n  user:\n    token: {token}\n", "users: []\n"),
    "users is empty": PLAIN.replace(
        "users:\n- name: main\n  user:\n    token: {token}\n", "users:\n"),
    "an entry that is null": _changed("users:\n", "users:\n- null\n"),
    "a user that is null": _changed("  user:\n    token: {token}", "  user:"),
    "a user without its key": _changed("  user:\n    token: {token}\n", ""),
    "a context that is null": _changed(
        "contexts:\n", "contexts:\n- name: other\n  context: null\n"),
    "a key twice": _changed("    token: {token}",
                            "    token: first\n    token: {token}"),
    "another kind of key case": _changed("token:", "Token:"),
    "current-context in camel case": _changed("current-context",
                                              "currentContext"),
    "a key nobody knows": _changed("    token:",
                                   "    colour: red\n    token:"),
    "a top key nobody knows": PLAIN + "colour: red\n",
    "no apiVersion and kind": _changed("apiVersion: v1\nkind: Config\n", ""),
    "kind alone": _changed("apiVersion: v1\n", ""),
    "another apiVersion": _changed("apiVersion: v1", "apiVersion: v2"),
    "another kind": _changed("kind: Config", "kind: Pod"),
    "a list of hosts": _changed("{server}", "[{server}]"),
    "an unbalanced bracket": _changed("{token}", "[a"),
    "an unbalanced quote": _changed("{token}", '"a'),
    "an unbalanced quote at the end": _changed("namespace: shop",
                                               'namespace: "shop'),
    "an unbalanced single quote at the end": _changed("namespace: shop",
                                                      "namespace: 'shop"),
    "an unbalanced quote without a line end": PLAIN + 'colour: "red',
    "text at the end": PLAIN + "junk\n",
    "text at the end of an entry": _changed("contexts:",
                                            "    junk\ncontexts:"),
    "text at the end without a line end": PLAIN + "junk",
    "a literal scalar without a line end": _changed(
        "namespace: shop\n", "namespace: |-\n      shop"),
    "bad indentation": _changed("    token", "  token"),
    "text alone": "hello\n",
    "a list alone": "- a\n- b\n",
    "a number alone": "42\n",
    "nothing": "",
    "spaces alone": "  \n\n",
    "a comment alone": "# nothing here\n",
    "null alone": "null\n",
    "an empty map": "{}\n",
    "NUL bytes": "\0\0\0\0",
    "control characters in a token": _changed("{token}", '"a\\nb"'),
    "a token beyond ASCII": _changed("{token}", "tökén"),
    "base64 in lines": PLAIN.replace("{ca}", "|\n      {ca_in_lines}"),
    "base64 with a line end": PLAIN.replace("{ca}", '"{ca}\\n"'),
    "base64 as !!binary": _changed("{ca}", "!!binary {ca}"),
    "a number for as-groups": _changed(
        "    token:", "    as: jane\n    as-groups: [1]\n    token:"),
    "text for as-groups": _changed(
        "    token:", "    as: jane\n    as-groups: ops\n    token:"),
    "JSON": """{"apiVersion":"v1","kind":"Config","current-context":"main",
"clusters":[{"name":"main","cluster":{"server":"{server}",
"certificate-authority-data":"{ca}"}}],"users":[{"name":"main",
"user":{"token":"{token}"}}],"contexts":[{"name":"main",
"context":{"cluster":"main","user":"main"}}]}""",
    "JSON with escapes": """{"current-context":"m\\u0061in",
"clusters":[{"name":"main","cluster":{"server":"{server}",
"certificate-authority-data":"{ca}"}}],"users":[{"name":"main",
"user":{"token":"a\\/b\\u002dc"}}],"contexts":[{"name":"main",
"context":{"cluster":"main","user":"main"}}]}""",
    "JSON with a comma too many": """{"current-context":"main",
"clusters":[{"name":"main","cluster":{"server":"{server}",
"certificate-authority-data":"{ca}"},}],"users":[{"name":"main",
"user":{"token":"{token}"}}],"contexts":[{"name":"main",
"context":{"cluster":"main","user":"main"}}],}""",
    "JSON with tabs": """{
\t"current-context": "main",
\t"clusters": [{"name": "main", "cluster": {"server": "{server}",
\t\t"certificate-authority-data": "{ca}"}}],
\t"users": [{"name": "main", "user": {"token": "{token}"}}],
\t"contexts": [{"name": "main", "context": {"cluster": "main",
\t\t"user": "main"}}]
}
""",
}


def odd_texts():
    for name, text in TEXTS.items():
        def change(setup, text=text):
            data = setup.data("ca.crt")
            lines = "\n      ".join(data[i:i + 64]
                                    for i in range(0, len(data), 64))
            setup.layout = raw(text.replace("{ca_in_lines}", lines))
        yield f"text: {name}", [change]
