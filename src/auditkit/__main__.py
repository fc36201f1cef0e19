"""``python -m auditkit``."""

from auditkit.cli.entry import main

if __name__ == "__main__":
    main()
