"""``locality-atlas serve``: the officer app, on this machine only."""

from __future__ import annotations

import argparse
import logging

from dashapp.commands.prepare import ensure_drawing
from dashapp.settings import DEFAULT_HOST, DEFAULT_PORT, LOOPBACK, Settings
from geodata.errors import InputError, UsageError
from geodata.snapshot import Workspace

THREADS = 8


def add_serve(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "serve",
        parents=parents,
        help="serve the app on this machine",
        description="Serves the app on this machine until it is stopped. Where any record of a child is real, it also "
        "prints the address of the team's week, a list of single children, with a key that opens it once, in one "
        "browser, until that is closed. For another key stop it and start it again.",
    )
    parser.add_argument("--host", default=DEFAULT_HOST)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until stopped.

    Raises
    ------
    UsageError
        If the host is not this machine: there is no access control yet, and the pages show small counts.
    """
    if args.host not in LOOPBACK:
        raise UsageError(
            f"Not served on {args.host}: officer pages have no access control yet, so only this machine may see "
            f"them. Valid: {', '.join(sorted(LOOPBACK))}."
        )
    # Imported here so that the other commands start without the web server.
    import waitress  # noqa: PLC0415

    from callbacks.cme_week import holds_real_children  # noqa: PLC0415
    from dashapp.cme_week_routes import PATH  # noqa: PLC0415
    from dashapp.factory import create_app  # noqa: PLC0415

    ensure_drawing(args.workspace)
    settings = Settings(args.workspace, args.host, args.port)
    app = create_app(settings)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    host = f"[{args.host}]" if ":" in args.host else args.host
    try:
        server = waitress.create_server(app.server, host=args.host, port=args.port, threads=THREADS, ident=None)
    except OSError as error:
        raise InputError(f"Port {args.port} is in use ({error.strerror}). Choose another with --port.") from error
    print(f"Locality Atlas is at http://{host}:{args.port}/  (stop with Ctrl+C)", flush=True)
    if holds_real_children(Workspace(args.workspace).current()):
        address = f"http://{host}:{args.port}{PATH}?key={settings.week_key}"
        print(f"This week's cases, for you alone, opens once: {address}", flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
    return 0
