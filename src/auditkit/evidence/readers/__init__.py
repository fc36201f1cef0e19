"""Readers of file formats, one module a family. They run in the guarded child process only."""
