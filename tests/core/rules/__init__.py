"""Core's rules, one at a time."""
