"""Swedish texts and data of the portal, with their models, loaders and checks. Knows no other room."""
