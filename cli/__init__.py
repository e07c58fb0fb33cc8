"""The command `friyta`: serve, build, train, check, evaluate and the tools of editors and translators."""

import os

# The products of chatbot/meaning/network.py are small: shared among threads they wait for each other, above all when the machine is busy.
# To be said before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
