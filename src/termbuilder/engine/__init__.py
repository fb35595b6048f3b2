"""How the passes over the documents run: here, in local processes."""
