"""What the Lesson tab is made of: a text and its figures."""
