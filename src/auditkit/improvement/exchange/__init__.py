"""Actions out to the tools people work with, and back."""
