"""Hostile bytes become safe files."""
