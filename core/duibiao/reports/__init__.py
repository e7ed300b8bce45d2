"""One report of a check, many faces."""
