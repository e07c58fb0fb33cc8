"""The door: HTTP over the texts, the directory and the bot. Nothing of a request outlives it."""

import os

# The products of chatbot/meaning/network.py are small: shared among threads they wait for each other, above all when the machine is busy.
# To be said before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
