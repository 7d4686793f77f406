"""urllib.parse is here; nothing that opens a connection is."""
