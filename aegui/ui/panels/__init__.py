"""Widgets that edit one spec each."""
