"""The library: all runs there are, to sort, search, rename and delete."""
