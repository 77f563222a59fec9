"""The language of rules: plain arithmetic with names, read into one intermediate form.

The same form serves the NumPy code, the slow oracle of the tests, the range
analysis of `check` and the text that players read.  Nothing here knows files or
levels, and `on_arrays` alone knows arrays.
"""
