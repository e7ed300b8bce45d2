"""Support for tests: complete clean dossiers, and a writer that turns dossiers into Word files.

`dossiers` makes them, `spec` says what an enterprise is made of, `enterprises` holds some; `word` writes Word files
(needs ``duibiao[testing]``), `comparison` tells whether two dossiers say the same.
"""
