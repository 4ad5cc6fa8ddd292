"""What the Sweep tab is made of."""
