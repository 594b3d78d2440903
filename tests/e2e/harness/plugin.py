# SPDX-License-Identifier: MIT
"""A credential plugin in shell that counts its runs."""

import json

V1 = "client.authentication.k8s.io/v1"

# Two at a time would both find the folder missing, and one fail to make it.
SCRIPT = """#!/bin/sh
mkdir "{folder}/running" 2>/dev/null || echo "$$" >>"{folder}/overlaps"
echo run >>"{folder}/runs"
run=$(wc -l <"{folder}/runs")
printf %s "$KUBERNETES_EXEC_INFO" >"{folder}/told"
{work}
rmdir "{folder}/running"
"""

ANSWER = """
cat <<END
{{"apiVersion": "{version}", "kind": "ExecCredential", "status": {{
{status}
}}}}
END
"""


class Plugin:
    """One in a folder of its own; `work` is shell that prints the answer."""

    def __init__(self, folder, work):
        self.folder = folder
        folder.mkdir(parents=True)
        self.path = folder / "profefe-login"
        self.path.write_text(SCRIPT.format(folder=folder, work=work))
        self.path.chmod(0o755)

    def user(self, **changes):
        """The kubeconfig's user whose plugin it is."""
        entry = {"apiVersion": V1, "command": str(self.path),
                 "interactiveMode": "Never", **changes}
        return {"exec": {key: value for key, value in entry.items()
                         if value is not None}}

    @property
    def runs(self):
        path = self.folder / "runs"
        return len(path.read_text().splitlines()) if path.exists() else 0

    @property
    def overlapped(self):
        return (self.folder / "overlaps").exists()

    @property
    def told(self):
        """What KUBERNETES_EXEC_INFO said at its last run."""
        return json.loads((self.folder / "told").read_text())


def answer(status, version=V1):
    """Shell that prints a credential; `status` may name shell variables."""
    fields = ",\n".join(f'"{key}": {value}' for key, value in status.items())
    return ANSWER.format(version=version, status=fields)


def token_of(path):
    """A status whose token is what stands in a file when the plugin runs."""
    return {"token": f'"$(cat \'{path}\')"'}


# One second from now, as the plugin's clock sees it.
IN_A_SECOND = {"expirationTimestamp":
               '"$(date -u -d \'+1 sec\' +%Y-%m-%dT%H:%M:%SZ)"'}
