"""What works for the Draw tab."""
