"""How fast the main job is, and what it needs."""
