"""Batches (批量审查): thousands of packages, each judged apart, their results the same whoever did them and however often it stopped."""
