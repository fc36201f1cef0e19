"""Import and export of catalogs and crosswalks: OSCAL, CISO Assistant libraries, plain sheets.

Readers turn a file into a neutral tree (``model``), ``to_catalog`` turns the tree into a catalog of ours, writers
turn ours into theirs. ``importing`` is the face: it recognises a file by its content.
"""
