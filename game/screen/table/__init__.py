"""The game in play on the screen: board, cards, plan, panels."""
