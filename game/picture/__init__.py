"""A world drawn on a surface: shared by the window and by environments.  Reads worlds, changes none."""
