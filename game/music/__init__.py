"""Calm music that follows the three dials: composed bar by bar, and sounded by additive synthesis."""
