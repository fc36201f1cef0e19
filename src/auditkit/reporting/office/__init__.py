"""The report as files of an office suite: a Word document, and slides for management."""
