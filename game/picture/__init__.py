"""A world drawn on a surface: drawn by the window, by tools and by tests.  Reads worlds, changes none."""
