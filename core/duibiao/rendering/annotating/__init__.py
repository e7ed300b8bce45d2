"""批注件: a copy of what was handed in, with every finding where it belongs."""
