# SPDX-License-Identifier: MIT
"""Container images of single programs, made without a container engine."""

import hashlib
import io
import json
import pathlib
import platform
import tarfile

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
NOBODY = "65534:65534"


def write_image(tar, reference, programs, links=None):
    """Writes an image of static programs as `ctr images import` takes it.

    `programs` maps the path inside to the file; the first is the entry point.
    `links` maps further paths to one of these. Nothing else is in the image, and
    nobody is its user.
    """
    layer = _layer(programs, links or {})
    config = json.dumps({
        "architecture": ARCHITECTURES[platform.machine()], "os": "linux",
        "config": {"Entrypoint": [next(iter(programs))], "User": NOBODY,
                   "Env": ["PATH=/usr/bin"]},
        "rootfs": {"type": "layers",
                   "diff_ids": [f"sha256:{_sha256(layer)}"]}}).encode()
    manifest = [{"Config": f"{_sha256(config)}.json", "Layers": ["layer.tar"],
                 "RepoTags": [reference]}]
    with tarfile.open(tar, "w") as archive:
        _add(archive, manifest[0]["Config"], config)
        _add(archive, "layer.tar", layer)
        _add(archive, "manifest.json", json.dumps(manifest).encode())


def _layer(programs, links):
    """The one layer: the programs, the folders they are in, and links to them."""
    buffer = io.BytesIO()
    paths = {pathlib.PurePosixPath(path): pathlib.Path(source)
             for path, source in programs.items()}
    folders = {folder for path in paths for folder in path.parents
               if folder != folder.parent}
    with tarfile.open(fileobj=buffer, mode="w") as layer:
        for folder in sorted(folders):
            entry = tarfile.TarInfo(str(folder).lstrip("/"))
            entry.type, entry.mode = tarfile.DIRTYPE, 0o755
            layer.addfile(entry)
        for path, source in paths.items():
            _add(layer, str(path).lstrip("/"), source.read_bytes(), 0o755)
        for path, target in links.items():
            entry = tarfile.TarInfo(path.lstrip("/"))
            entry.type, entry.linkname = tarfile.SYMTYPE, target
            layer.addfile(entry)
    return buffer.getvalue()


def _add(archive, name, content, mode=0o644):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), mode
    archive.addfile(entry, io.BytesIO(content))


def _sha256(content):
    return hashlib.sha256(content).hexdigest()
