"""What is written down: tables of games."""
