"""Dossier → package (成果): Word, PDF and lists, from templates."""
