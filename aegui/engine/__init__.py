"""Keras, and only here."""
