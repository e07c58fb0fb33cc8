"""How the portal says things in other languages: locales, catalogues, the Markdown tree, extraction and checks.

Swedish is the source language and has no catalogue. See docs/rooms.md for the doors and
docs/translating.md for translators.
"""
