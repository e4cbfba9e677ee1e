"""Builds a council's reference pack from public data: ``python -m geodata.pack --out FOLDER``.

Run by a developer when a source changes, never by the product. What it writes is committed under
``geodata/profiles/``; the product reads only that.
"""
