"""Readers of page-based files, and the neutral model that they give. Nothing of the domain."""
