"""What the Errors tab is made of."""
