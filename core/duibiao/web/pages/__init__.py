"""Pages for people: each module has a router; each page is one function."""
