"""Rows beside their reconstructions, many of them in one scene."""
