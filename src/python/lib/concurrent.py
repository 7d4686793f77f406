"""concurrent.futures is here."""
