"""`marchland serve`: the store as a page on this machine."""

import getpass
import threading
from pathlib import Path

import click

from marchland import api
from marchland.cli.options import HELP, STORE
from marchland.errors import MarchlandError

_WARMED = 8  # hosts whose shares are worked out beforehand
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command(context_settings=HELP)
@click.option("--store", "store_path", type=STORE, help="The store; else $MARCHLAND_STORE, else ./marchland.store.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; others than loopback are open to the network.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one.")
@click.option("--review", is_flag=True, help="Let records be corrected, by whoever has the token that is printed then.")
@click.option(
    "--by",
    envvar="MARCHLAND_REVIEWER",
    default=getpass.getuser,
    help="The name that corrections bear; else $MARCHLAND_REVIEWER, else your user name.",
)
def serve(store_path: Path | None, host: str, port: int, by: str, *, review: bool) -> None:
    """Show the store as a page in the browser, until interrupted. Read-only unless asked; nothing leaves this machine."""
    import socket

    import uvicorn

    from marchland.web.app import make_app
    from marchland.web.writer import ENTER, Writer

    if review:
        _brought_up_to_date(store_path)
    with api.open_store(store_path, read_only=True) as store:
        local = host in _LOOPBACK
        writer = Writer(path=api.opened_path(store_path), by=by) if review else None
        app = make_app(store, hosts=_LOOPBACK if local else (), writer=writer)
        if not local:
            click.echo(
                f"marchland: {host} is no loopback address: whoever reaches it can read the store; there is no password",
                err=True,
            )
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            listener = socket.create_server((host, port), family=family)
        except OSError as err:
            raise MarchlandError(
                f"port {port} on {host}: {err.strerror or err}; choose another with --port, 0 takes a free one"
            ) from err
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        click.echo(f"marchland: {address} shows {store.path}; stop with Ctrl-C", err=True)
        if writer:
            click.echo(
                f"marchland: to correct records, open {address}{ENTER.lstrip('/')}?token={writer.token}", err=True
            )
            click.echo(f"marchland: programs send Authorization: Bearer {writer.token}", err=True)
        threading.Thread(target=_warm, args=(app.state.site,), daemon=True).start()
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, h11_max_incomplete_event_size=16_384
        )
        uvicorn.Server(config).run(sockets=[listener])


def _brought_up_to_date(store_path: Path | None) -> None:
    """Open a store that is there once for writing, so that a reader finds the schema it knows."""
    if api.opened_path(store_path).exists():
        api.open_store(store_path).close()


def _warm(site: "object") -> None:
    """Work out what the first pages need before they are asked for: the opening map, the world, then the hosts told of most."""
    from marchland.web.site import Site
    from marchland.web.snapshot import told_hosts
    from marchland.web.views.map import cells, seen

    assert isinstance(site, Site), "made by make_app"
    found = site.now
    for region in ("", "world"):
        cells(found, seen(found, region, "", "", ""))
    for code, _ in told_hosts(found)[:_WARMED]:
        if len(code) == 3:
            found.influence(code)
