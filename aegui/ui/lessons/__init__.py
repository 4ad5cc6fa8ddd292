"""Lessons, outside their tab: cards, the line above the tabs, the runs they need."""
