"""Features of meaning: from letters to a place in the space of an English sentence encoder, in any language."""
