"""Threads that do the work; the only part of the window that reaches the engine."""
