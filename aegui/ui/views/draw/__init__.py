"""What the Draw tab is made of."""
