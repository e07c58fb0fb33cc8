"""The network that reads messages: its weights and the script that makes them (`make model`). What runs needs numpy alone."""

from pathlib import Path

FOLDER = Path(__file__).parent
