"""Shows a built site on this machine, without the API: `python site/preview.py [--folder .build/site] [--port 8090]`.

For editors, and for the browser tests: the same strict headers as the real server, so that whatever they forbid is forbidden here.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
DEFAULT = Path(__file__).resolve().parent.parent / ".build" / "site"


class _Handler(SimpleHTTPRequestHandler):
    """Static files with our headers; logs nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return None


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[str]:
    """Serves a folder on 127.0.0.1 while the block runs, and gives its address. Port 0 takes any free one."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def main() -> int:
    """The command line: serves until it is stopped."""
    parser = argparse.ArgumentParser(description="Shows a built site on this machine.")
    parser.add_argument("--folder", type=Path, default=DEFAULT)
    parser.add_argument("--port", type=int, default=8090)
    options = parser.parse_args()
    if not (options.folder / "index.html").is_file():
        print(f"{options.folder} holds no built site; run python site/build.py first", file=sys.stderr)
        return 1
    with serving(options.folder, options.port) as address:
        print(f"{address}/ (stop with Ctrl+C)")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
