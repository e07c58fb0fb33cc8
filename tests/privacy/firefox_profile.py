"""A real Firefox with a real profile on disk, steered by its own remote control (Marionette), and a look through everything it wrote."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import socket
import sqlite3
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.privacy.browser_profile import HOST, _Decoy, certificate

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or ""
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_COMPRESSED = b"mozLz40\0"
#: As people have it, but for what a machine needs: no first pages, no calls home. What the remote control would change of the rest stays as it is.
_SETTINGS: dict[str, object] = {
    "remote.prefs.recommended": False, "browser.shell.checkDefaultBrowser": False, "browser.aboutwelcome.enabled": False, "datareporting.policy.firstRunURL": "",
    "browser.startup.homepage_override.mstone": "ignore", "app.normandy.enabled": False, "toolkit.telemetry.server": "", "browser.startup.page": 0,
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False, "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False, "extensions.update.enabled": False, "app.update.disabledForTesting": True,
    "network.stricttransportsecurity.preloadlist": False, "network.proxy.type": 1, "network.proxy.ssl": "127.0.0.1", "network.proxy.http": "127.0.0.1",
    "network.proxy.no_proxies_on": "localhost, .localhost, 127.0.0.1", "browser.newtabpage.enabled": False, "services.settings.server": "",
    "browser.sessionstore.interval": 500, "datareporting.policy.dataSubmissionEnabled": False, "browser.topsites.contile.enabled": False,
}  # fmt: skip


@contextmanager
def proxy(folder: Path) -> Iterator[int]:
    """The rest of the world for Firefox, which takes no rules for names: a proxy behind which each place is the harmless page."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))

    class Tunnel(_Decoy):
        def do_CONNECT(self) -> None:
            self.send_response(200)
            self.end_headers()
            try:
                with context.wrap_socket(self.connection, server_side=True) as inside:
                    _Decoy(inside, self.client_address, self.server)
            except OSError:
                pass
            self.close_connection = True

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tunnel)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class Firefox:
    """One run of the browser. Use as a context; leaving it closes the browser as a person does."""

    def __init__(self, profile: Path, outside: int, **settings: object) -> None:
        """`outside` is the port of the rest of the world; `settings` are preferences, with `__` for a dot."""
        self.profile = profile
        profile.mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        chosen = {**_SETTINGS, "marionette.port": self._port, "network.proxy.ssl_port": outside, "network.proxy.http_port": outside}
        chosen |= {name.replace("__", "."): value for name, value in settings.items()}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in chosen.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")

    def __enter__(self) -> Firefox:
        command = [FIREFOX, "--headless", "--no-remote", "--marionette", "--profile", str(self.profile)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": str(self.profile.parent), "MOZ_REMOTE_ALLOW_SYSTEM_ACCESS": "1"}
        )
        self._number, end = 0, time.monotonic() + 120
        while True:
            try:
                self._line = socket.create_connection(("127.0.0.1", self._port), 180)
                break
            except OSError:
                assert self._process.poll() is None and time.monotonic() < end, "Firefox did not start"
                time.sleep(0.2)
        self._receive()
        session = self.ask("WebDriver:NewSession", acceptInsecureCerts=True)
        self.version = str(session["capabilities"]["browserVersion"]).partition(".")[0]
        self.ask("WebDriver:SetTimeouts", implicit=30_000, pageLoad=60_000)
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self.ask("Marionette:Quit", flags=["eForceQuit"] if error[0] else ["eAttemptQuit"])
            self._process.wait(60)
        finally:
            self._line.close()
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()

    def ask(self, command: str, **given: object) -> Any:
        """One command; gives its result. Fails with what the browser says."""
        self._number += 1
        said = json.dumps([0, self._number, command, given]).encode()
        self._line.sendall(str(len(said)).encode() + b":" + said)
        _, _, error, result = json.loads(self._receive())
        assert error is None, f"{command}: {error['error']}: {error['message']}"
        return result

    def open(self, address: str) -> None:
        """As typed into the address field."""
        self.ask("WebDriver:Navigate", url=address)

    def find(self, selector: str) -> str:
        """The first element, waited for."""
        return str(self.ask("WebDriver:FindElement", using="css selector", value=selector)["value"][_ELEMENT])

    def click(self, selector: str) -> None:
        """Press it, wherever on the page it stands."""
        element = self.find(selector)
        self.ask("WebDriver:ElementClick", id=element)

    def write(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.ask("WebDriver:ElementSendKeys", id=self.find(selector), text=text)

    def run(self, script: str) -> Any:
        """The value of a script in the page."""
        return self.ask("WebDriver:ExecuteScript", script=f"return {script}", args=[])["value"]

    def wait(self, test: str) -> None:
        """Until a script is true."""
        end = time.monotonic() + 60
        while not self.run(test):
            assert time.monotonic() < end, test
            time.sleep(0.2)

    def back(self) -> str:
        """Press Back; gives where that leads. An answer to a posted form is not shown again, but its address stands in the field."""
        try:
            self.ask("WebDriver:Back")
        except AssertionError as error:
            if "neterror" not in str(error):
                raise
        time.sleep(2)
        return unquote(str(self.ask("WebDriver:GetCurrentURL")["value"]))

    def _receive(self) -> bytes:
        head = b""
        while not head.endswith(b":"):
            part = self._line.recv(1)
            assert part, "Firefox went away"
            head += part
        wanted, body = int(head[:-1]), b""
        while len(body) < wanted:
            body += self._line.recv(wanted - len(body))
        return body


def files(profile: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a profile by its path, and its bytes, unpacked where Firefox packs them."""
    for path in sorted(profile.rglob("*")):
        if path.is_file() and path.name != "user.js":
            data = path.read_bytes()
            yield path.relative_to(profile).as_posix(), unpacked(data[12:]) if data.startswith(_COMPRESSED) else data


def unpacked(block: bytes) -> bytes:
    """An LZ4 block without its compression."""
    made, at = bytearray(), 0

    def length(short: int) -> int:
        nonlocal at
        total = short
        while short == 15:
            more = block[at]
            at += 1
            total += more
            if more != 255:
                break
        return total

    while at < len(block):
        token = block[at]
        at += 1
        plain = length(token >> 4)
        made += block[at : at + plain]
        at += plain
        if at >= len(block):
            break
        back = int.from_bytes(block[at : at + 2], "little")
        at += 2
        for _ in range(length(token & 15) + 4):
            made.append(made[-back])
    return bytes(made)


def rows(profile: Path, file: str, query: str) -> list[tuple[object, ...]]:
    """What a query gives from one of the profile's databases; [] if the browser never made it."""
    if not (profile / file).exists():
        return []
    with closing(sqlite3.connect(profile / file)) as database:
        return database.execute(query).fetchall()


def cached(profile: Path) -> list[str]:
    """Files of the cache that name the portal."""
    return [path for path, data in files(profile) if path.startswith("cache2/") and HOST.encode() in data]
