"""How fast this machine plays: what the command `bench` measures."""
