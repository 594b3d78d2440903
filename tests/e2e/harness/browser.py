# SPDX-License-Identifier: MIT
"""A headless Chromium, driven over chromedriver's HTTP API."""

import base64
import json
import pathlib
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request

from .cache import Unavailable

KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Backspace": "\ue003",
        "Tab": "\ue004", "Home": "\ue011", "End": "\ue010",
        "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014",
        "ArrowDown": "\ue015"}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # WebDriver's name for one
QUIET = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--hide-scrollbars"]


class Browser:
    """One window. Everything that a page says or asks for is kept."""

    def __init__(self, folder, width=1400, height=900):
        self.driver = None
        for program in ("chromedriver", "chromium"):
            if not shutil.which(program):
                raise Unavailable(f"no {program} (run scripts/bootstrap)")
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            self.address = f"http://127.0.0.1:{self._port()}"
            self.session = ""
            profile = pathlib.Path(folder) / "chromium"
            self.session = self._call("POST", "/session", {
                "capabilities": {"alwaysMatch": {
                    "browserName": "chrome",
                    "goog:chromeOptions": {"args": [
                        *QUIET, f"--user-data-dir={profile}",
                        f"--window-size={width},{height}"]},
                    "goog:loggingPrefs": {"browser": "ALL",
                                          "performance": "ALL"}}}})["sessionId"]
            self.size(width, height)
        except BaseException:
            self.close()
            raise

    def _port(self):
        for line in self.driver.stdout:
            if found := re.search(r"successfully on port (\d+)", line):
                return found[1]
        raise Unavailable("chromedriver does not start")

    def close(self):
        try:
            if getattr(self, "session", ""):
                self._call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait(10)
            self.driver.stdout.close()

    def _call(self, method, path, body=None):
        session = f"/session/{self.session}" if self.session else ""
        request = urllib.request.Request(
            self.address + session + path, method=method,
            data=None if method != "POST" else json.dumps(body or {}).encode())
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"]) from None

    def devtools(self, command, **parameters):
        """A command of the Chrome DevTools protocol."""
        return self._call("POST", "/goog/cdp/execute",
                          {"cmd": command, "params": parameters})

    def open(self, path):
        """Shows a file from the disk."""
        self.visit(pathlib.Path(path).as_uri())

    def visit(self, url):
        self.logs("performance")
        self.logs("browser")
        self._call("POST", "/url", {"url": url})

    def back(self):
        self._call("POST", "/back")

    def forward(self):
        self._call("POST", "/forward")

    def run(self, script, *arguments):
        """What a function body returns, run in the page."""
        return self._call("POST", "/execute/sync",
                          {"script": script, "args": list(arguments)})

    def run_async(self, script, *arguments):
        """What a function body hands to the function that is its last argument."""
        return self._call("POST", "/execute/async",
                          {"script": script, "args": list(arguments)})

    def wait(self, script, *arguments, seconds=60):
        """What `script` returns, once that is true."""
        end = time.monotonic() + seconds
        while not (value := self.run(script, *arguments)):
            if time.monotonic() > end:
                raise AssertionError(f"never true: {script}")
            time.sleep(0.02)
        return value

    def find(self, selector):
        found = self._call("POST", "/element",
                           {"using": "css selector", "value": selector})
        return found[ELEMENT]

    def text(self, selector):
        """What a reader sees there."""
        return self._call("GET", f"/element/{self.find(selector)}/text")

    def click(self, selector):
        self._call("POST", f"/element/{self.find(selector)}/click")

    def write(self, selector, text):
        self._call("POST", f"/element/{self.find(selector)}/value",
                   {"text": text})

    def press(self, *keys):
        """Keys by their name in KeyboardEvent.key, one after the other."""
        strokes = [{"type": kind, "value": KEYS.get(key, key)}
                   for key in keys for kind in ("keyDown", "keyUp")]
        self._call("POST", "/actions", {"actions": [
            {"type": "key", "id": "keyboard", "actions": strokes}]})

    def point(self, selector, x, y, click=False):
        """Moves the mouse to x, y (pixels) inside of an element."""
        left, top = self.run("const r = document.querySelector(arguments[0])"
                             ".getBoundingClientRect(); return [r.x, r.y]",
                             selector)
        steps = [{"type": "pointerMove", "duration": 0, "x": round(left + x),
                  "y": round(top + y)}]
        if click:
            steps += [{"type": kind, "button": 0}
                      for kind in ("pointerDown", "pointerUp")]
        self._call("POST", "/actions", {"actions": [
            {"type": "pointer", "id": "mouse", "actions": steps}]})

    def size(self, width, height, density=1):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width,
                      height=height, deviceScaleFactor=density, mobile=False)

    def prefer(self, scheme, medium=""):
        """What the reader's system asks for: light or dark; print or screen."""
        self.devtools("Emulation.setEmulatedMedia", media=medium, features=[
            {"name": "prefers-color-scheme", "value": scheme}])

    def allow_scripts(self, allowed):
        self.devtools("Emulation.setScriptExecutionDisabled",
                      value=not allowed)

    def logs(self, kind):
        """What came in since the last time."""
        return self._call("POST", "/se/log", {"type": kind})

    def complaints(self):
        """What the console holds against the page."""
        return [entry["message"] for entry in self.logs("browser")
                if entry["level"] in ("SEVERE", "WARNING")]

    def requests(self):
        """The addresses that were asked for, but for those that need no
        network: the file itself and what stands in it."""
        messages = [json.loads(entry["message"])["message"]
                    for entry in self.logs("performance")]
        return [message["params"]["request"]["url"] for message in messages
                if message["method"] == "Network.requestWillBeSent"
                and not re.match("(file|data|blob):",
                                 message["params"]["request"]["url"])]

    def screenshot(self, path):
        picture = self._call("GET", "/screenshot")
        pathlib.Path(path).write_bytes(base64.b64decode(picture))

    def pdf(self):
        """The page as it is printed."""
        return base64.b64decode(
            self.devtools("Page.printToPDF", preferCSSPageSize=True,
                          printBackground=True)["data"])
