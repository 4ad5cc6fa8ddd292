"""What the Compare tab is made of."""
