"""Studies for people who write and teach levels: pages that show what simulation found.  Needs the extra `lab`."""
