"""A walk of the program through its own window, which leaves pictures of what there is to see."""
