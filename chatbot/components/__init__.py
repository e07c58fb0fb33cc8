"""Small Rasa graph components of our own: one class, one duty each."""
