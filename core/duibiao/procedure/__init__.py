"""The procedure of the measures (申报与核定程序): who may do what, from the application to the published grade.

Pure tables and functions: no database, no clock.
"""
