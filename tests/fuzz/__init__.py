"""Broken and hostile Word files by the hundred."""
