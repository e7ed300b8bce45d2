"""The templates of duibiao: package data only, read through ``importlib.resources``."""
