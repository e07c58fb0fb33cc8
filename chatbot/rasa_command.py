"""The command ``rasa`` for the people who keep the bot: Rasa's own, with TensorFlow stood in for and its telemetry off.

Run inside ``chatbot/``: ``rasa data validate``, ``rasa train``, ``rasa shell``, ``rasa test``. Unlike the server, it prints what is typed to it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from chatbot.tensorflow_shim import install


def main() -> None:
    """Run Rasa's command line; the project root is put on the path so that our components are found."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    install()
    from rasa.__main__ import main as rasa_main

    rasa_main()


if __name__ == "__main__":
    main()
