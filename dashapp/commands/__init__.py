"""One module a command: each adds its own arguments and a plain function that returns an exit status."""
