"""What works for the Errors tab."""
