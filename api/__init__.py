"""The door: HTTP over the texts, the directory and the bot. Nothing of a request outlives it."""
