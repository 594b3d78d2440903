# SPDX-License-Identifier: MIT
"""Where we differ from kubectl, and why. A name is that of a choice, without
which combinations are made, of an odd text, or of one whole combination. A
difference that is gone must leave this table.

Not seen here, as no test waits for it: kubectl waits for a list without end, we
for two minutes (--request-timeout), after which the error names the flag."""

ASKS = ("kubectl asks for a user name and password on the terminal; we ask "
        "nobody, and go without")
TEXT = ("kubectl wants quotes around what looks like a number or a truth; we "
        "take it as the text that it is")
FORGETS = ("kubectl forgets that it is in a pod as soon as anything else is "
           "set, and asks localhost:8080 or for a user name")
KIND = "kubectl 1.34 refuses -n ns/NAME, which older ones and we accept"

KNOWN = {
    "identity: nobody": ASKS,
    "identity: password_alone": ASKS,
    "identity: key_without_certificate": ASKS,
    "files: context_without_user": ASKS,
    "text: a token that is null": ASKS,
    "text: a token that is a tilde": ASKS,
    "text: a token that is missing": ASKS,
    "text: a user that is null": ASKS,
    "text: a user without its key": ASKS,
    "text: another kind of key case": ASKS,
    "text: bad indentation": ASKS,
    "text: a numeric token": TEXT,
    "text: a token like an octal number": TEXT,
    "text: a token like a float": TEXT,
    "text: a token like a truth": TEXT,
    "text: a token that is true": TEXT,
    "text: a numeric namespace": TEXT,
    "text: a namespace like a truth": TEXT,
    "text: numeric names": TEXT,
    "text: names like truths": TEXT,
    "namespace: by_flag_with_kind": KIND,
    "namespace: by_flag_with_long_kind": KIND,
    "namespace: not_a_label":
        "kubectl asks the server for a namespace that cannot exist",
    "server: upper_case": "TLS knows no case in names; ours is the lower one",
    "environment: pod_with_kubernetes_master": FORGETS,
    "environment: pod_with_request_timeout": FORGETS,
    "environment: pod_with_server_flag": ASKS,
    "environment: pod_impersonating": FORGETS,
    "impersonation: extra_flag": "kubectl has it from 1.35 on",
    "override: timeout_negative":
        "kubectl takes less than no time for no limit; we say what we want",
    "files: another_user_is_no_base64":
        "kubectl refuses all of a file with one broken entry; we the entry",
    "text: a number for as-groups": TEXT,
    "text: JSON with escapes":
        r"JSON knows \/, the YAML that kubectl takes it for does not",
    "text: a token tagged as null":
        "kubectl refuses a null with content; to us it is no token",
    "text: base64 as !!binary":
        "kubectl decodes it once for the tag, and then finds no base64",
    "files: context_of_unknown_cluster, environment: kubeconfig_in_a_pod":
        "kubectl leaves a kubeconfig that names no cluster for the pod's own "
        "account without a word; we say what is wrong with it",
    "trust: ca_file_missing, files: cluster_without_server":
        "of the two things that are wrong kubectl names the missing file, we "
        "the missing server",
}

# The same for what `kubectl config view` prints.
KNOWN_VIEWS = {
    "environment: kubernetes_master_for_an_empty_cluster":
        "the variable's server is not in the file",
    "identity: certificate_ec, environment: "
    "kubernetes_master_for_an_empty_cluster":
        "the variable's server is not in the file",
}

# What is the same alone, but beside other choices differs for the reason of
# that one in KNOWN: not for combinations.
ALONE = {
    "identity: certificate_is_no_base64": "files: another_user_is_no_base64",
    "trust: ca_is_no_base64": "files: another_user_is_no_base64",
    **{f"environment: {name}": "environment: pod_impersonating" for name in (
        "pod", "pod_by_ipv6", "pod_with_ca_flag", "pod_with_insecure_flag",
        "pod_with_namespace_flag", "pod_with_pod_namespace",
        "pod_with_proxy", "pod_with_token_flag")},
}
