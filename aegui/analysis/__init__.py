"""Numbers about a result: pure functions on arrays."""
