"""The dossier and its parts. This package imports nothing else of duibiao."""
