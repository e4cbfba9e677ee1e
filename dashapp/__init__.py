"""The composition root: settings, factory, shell, pages, assets and the command line."""
