"""``python -m dashapp`` is ``locality-atlas``."""

from dashapp.cli import console

if __name__ == "__main__":
    console()
