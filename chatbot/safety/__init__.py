"""The safety net: plain, tested rules beside the classifier that can only add urgency, never take it away. No rasa in here."""
