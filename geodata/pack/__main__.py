"""``python -m geodata.pack``."""

from geodata.pack.build import main

if __name__ == "__main__":
    raise SystemExit(main())
