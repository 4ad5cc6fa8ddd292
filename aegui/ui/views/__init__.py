"""Widgets that show what came out. They are told; they never ask."""
