"""What the Gallery tab is made of."""
