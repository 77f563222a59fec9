"""The game as text, for a terminal or a plain pipe.  It reads the core and nothing below it knows of it."""
