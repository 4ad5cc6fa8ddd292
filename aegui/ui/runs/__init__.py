"""Runs, outside the tabs: the bar that steers them, and the list of those kept."""
