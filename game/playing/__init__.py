"""A game in play, whatever shows it: the session, its plan, and everything told in words."""
