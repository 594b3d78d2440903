# SPDX-License-Identifier: MIT
"""The secrets that tests make, and the proof that the tool gives none away:
every run of it is searched for all that have been made so far."""

import base64
import contextlib
import gzip
import pathlib
import re
import stat
import subprocess
import threading
import urllib.parse

# Keys of a kubeconfig's user, and of what it contains, that nobody may see.
SECRET_KEYS = {"token", "password", "client-key-data", "id-token",
               "refresh-token", "client-secret"}
# Shorter ones would be found where nothing leaked.
SHORTEST = 8

_known = {}  # bytes to look for: what they are


def remember(secret, what="a token"):
    """From now on no output may contain it, plain, in base64 or in a URL."""
    if isinstance(secret, bytes):
        secret = secret.decode("latin-1")
    secret = secret.strip()
    if len(secret) < SHORTEST:
        return
    forms = {secret, urllib.parse.quote(secret, safe="")}
    forms |= set(_base64_cores(secret))
    for form in forms:
        _known[form.encode()] = what


def remember_key(pem):
    """A private key: any line of its PEM text, and that text as `-data`."""
    for block in re.findall("-----BEGIN [A-Z ]*PRIVATE KEY-----(.*?)-----END",
                            pem, re.DOTALL):
        # The first line says the kind, and is the same for many keys.
        for line in block.split()[1:]:
            remember(line, "a private key")


def remember_user(entry):
    """All secrets of a kubeconfig's user or cluster."""
    for key, value in entry.items():
        if isinstance(value, dict):
            remember_user(value)
        elif key == "client-key-data":
            _remember_key_data(value)
        elif key in SECRET_KEYS and isinstance(value, str):
            remember(value, f"a {key}")
        elif key == "proxy-url" and isinstance(value, str):
            _remember_proxy(value)


def leaks(data, allowed=()):
    """What of the known secrets is in it; what those in `allowed` contain
    does not count."""
    if isinstance(data, str):
        data = data.encode(errors="replace")
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    given = [str(word).encode() for word in allowed]
    return [what for secret, what in _known.items() if secret in data and
            not any(secret in word for word in given)]


class Watched(subprocess.Popen):
    """A run of the tool. Afterwards `check` has looked at the command lines
    of it and all that it has started, at its output, and at every file that is
    new or changed in its folder."""

    def __init__(self, words, cwd, **options):
        self.given = [str(word) for word in words]
        self.folder = pathlib.Path(cwd)
        self.before = _files(self.folder)
        super().__init__(self.given, cwd=cwd, **options)
        self.command_lines = set()
        self.ended = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def communicate(self, *words, **options):
        out, err = super().communicate(*words, **options)
        self.check(out, err)
        return out, err

    def _look(self):
        while not self.ended.is_set() and self.returncode is None:
            self.command_lines |= _command_lines(self.pid)
            self.ended.wait(0.02)

    def check(self, *outputs):
        """Raises AssertionError when a secret can be seen."""
        self.ended.set()
        _refuse("its output", leaks("".join(filter(None, outputs))))
        _refuse("a command line",
                leaks("\n".join(self.command_lines), self.given))
        for path, stamp in _files(self.folder).items():
            if self.before.get(path) != stamp and path.exists():
                _refuse(path, leaks(path.read_bytes()))


def forget_files(child):
    """Files that the test itself has written while the tool ran."""
    child.before.update(_files(child.folder))


def _refuse(place, found):
    if found:
        raise AssertionError(f"{place} shows {', '.join(sorted(set(found)))}")


def _files(folder):
    """Time and size of each; those that come and go are passed over."""
    found = {}
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            about = path.lstat()
            if stat.S_ISREG(about.st_mode):
                found[path] = (about.st_mtime_ns, about.st_size)
    return found


def _command_lines(pid):
    """Of a process and all that it has started."""
    found = set()
    with contextlib.suppress(OSError):  # It has ended meanwhile.
        found.add(pathlib.Path(f"/proc/{pid}/cmdline").read_text(
            errors="replace"))
        for path in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
            for child in path.read_text().split():
                found |= _command_lines(child)
    return found


def _remember_key_data(value):
    if not isinstance(value, str):
        return
    for start in range(64, len(value) - 64, 64):
        remember(value[start:start + 48], "a client-key-data")
    try:
        remember_key(base64.b64decode(value).decode())
    except ValueError:
        return


def _remember_proxy(url):
    login = url.partition("//")[2].rpartition("@")[0]
    password = login.partition(":")[2]
    remember(password, "a proxy's password")
    remember(urllib.parse.unquote(password), "a proxy's password")


def _base64_cores(secret):
    """What is left of it in the base64 of any text that it is part of."""
    data = secret.encode()
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + data).decode()
        core = text[4 if shift else 0:len(text) - 4]
        if len(core) >= SHORTEST:
            yield core
