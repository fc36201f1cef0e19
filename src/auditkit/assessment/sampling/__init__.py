"""Attribute sampling: how many, which ones, what was found in them, and what that says of all."""
