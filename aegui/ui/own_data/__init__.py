"""A person's own file: read, told of, chosen from, and put into the panels."""
