"""The window: scenes, panels, and the small toolkit they are drawn with.  Only reads worlds."""
