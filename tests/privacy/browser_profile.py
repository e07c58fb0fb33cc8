"""A real Chromium with a real profile on disk, the world outside played by a decoy, and a look through everything the browser wrote."""

from __future__ import annotations

import datetime as dt
import http.server
import sqlite3
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import BrowserContext, Page, Playwright

from tests.privacy.traces import in_bytes

CHROMIUM = "/usr/bin/chromium"
#: The name under which the browser knows the portal. `*.localhost` is this machine, and counts as secure, so that service workers could live.
HOST = "portalen.localhost"
BEFORE = "https://before.example/"
_SIMPLE_CACHE = struct.Struct("<QIII4x")
_SIMPLE_MAGIC = 0xFCFB6D1BA7725C30


class _Decoy(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<!doctype html><title>Uppslagsverk</title><p id=decoy>Uppslagsverk"
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


def certificate(folder: Path) -> Path:
    """A file with a key and a certificate that nobody vouches for."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "decoy")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=2)).sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "decoy.pem").write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return folder / "decoy.pem"


@contextmanager
def decoy(folder: Path) -> Iterator[int]:
    """The rest of the world: an https server that shows one harmless page. Gives its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Decoy)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


def browse(playwright: Playwright, profile: Path, outside: int, *, scripts: bool = True) -> BrowserContext:
    """Start Chromium on a profile. Caches stay on, the one that makes Back fast too; every name outside leads to the decoy."""
    rules = f"EXCLUDE *.localhost, EXCLUDE 127.0.0.1, MAP * 127.0.0.1:{outside}"
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, ignore_https_errors=True, java_script_enabled=scripts,
        ignore_default_args=["--disable-back-forward-cache"],
        args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", f"--host-resolver-rules={rules}"],
    )  # fmt: skip
    context.set_default_timeout(20_000)
    return context


def kill(profile: Path) -> None:
    """End the browser of a profile as a lost battery does: no time to tidy up."""
    for process in psutil.process_iter(["cmdline"]):
        if f"--user-data-dir={profile}" in (process.info["cmdline"] or ()):
            process.kill()


def entries(page: Page) -> list[str]:
    """The addresses of every step that Back and Forward can reach in a tab, at any depth."""
    link = page.context.new_cdp_session(page)
    found = [str(entry["url"]) for entry in link.send("Page.getNavigationHistory")["entries"]]
    link.detach()
    return found


def version(page: Page) -> str:
    """The main number of the browser's version."""
    link = page.context.new_cdp_session(page)
    product = str(link.send("Browser.getVersion")["product"])
    link.detach()
    return product.partition("/")[2].partition(".")[0]


def files(profile: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a profile: its path without the profile's own names of folders, and its bytes."""
    for path in sorted(profile.rglob("*")):
        if path.is_file():
            yield path.relative_to(profile).as_posix().removeprefix("Default/"), path.read_bytes()


def naming(profile: Path, text: str) -> set[str]:
    """Files of a profile that hold a text, or bear it as a name."""
    return {path for path, data in files(profile) if in_bytes(data + path.encode(), [text])}


def cached(profile: Path, *, compiled: bool = False) -> set[str]:
    """Addresses of the portal for which the browser's caches hold something: the file itself, or (`compiled`) what a script was compiled to."""
    found = set()
    for path, data in files(profile):
        if "Cache" not in path or ("Code Cache" in path) != compiled or len(data) < _SIMPLE_CACHE.size:
            continue
        magic, _, length, _ = _SIMPLE_CACHE.unpack_from(data)
        if magic == _SIMPLE_MAGIC:
            key = data[_SIMPLE_CACHE.size : _SIMPLE_CACHE.size + length].decode("utf-8", "replace")
            # With the address stands the place on whose behalf it was asked for: before it, or behind it for what scripts were compiled to.
            parts = key.removeprefix("_key").split() or [""]
            address = parts[0 if "Code Cache" in path else -1]
            if HOST in address:
                found.add(address)
    return found


def rows(profile: Path, file: str, query: str) -> list[tuple[object, ...]]:
    """What a query gives from one of the profile's databases; [] if the browser never made it."""
    path = profile / "Default" / file
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()
