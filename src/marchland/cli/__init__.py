"""The command line: one module for each verb. Data goes to standard output, talk to standard error."""

from importlib import import_module
from keyword import iskeyword
from typing import override

import click

from marchland.errors import MarchlandError

_VERBS = {
    "brief": "marchland.cli.brief",
    "code": "marchland.cli.code",
    "demo": "marchland.cli.demo",
    "documents": "marchland.cli.query",
    "eval": "marchland.cli.eval_",
    "events": "marchland.cli.query",
    "export": "marchland.cli.export",
    "forecast": "marchland.cli.forecast",
    "import": "marchland.cli.import_",
    "influence": "marchland.cli.influence",
    "links": "marchland.cli.query_statements",
    "ref": "marchland.cli.ref",
    "review": "marchland.cli.review",
    "serve": "marchland.cli.serve",
    "shifts": "marchland.cli.shifts",
    "silences": "marchland.cli.query_statements",
    "statements": "marchland.cli.query_statements",
    "ties": "marchland.cli.query",
}

_NAMES = {"eval": "evaluate"}  # of commands whose own name Python has taken


class Verbs(click.Group):
    """Loads a verb's module only when it is asked for, so that `--help` stays quick."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs."""
        return sorted(_VERBS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One verb."""
        module = _VERBS.get(cmd_name)
        if module is None:
            return None
        name = _NAMES.get(cmd_name, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        command: click.Command = getattr(import_module(module), name)
        return command

    @override
    def invoke(self, ctx: click.Context) -> object:
        """Run a verb; what went wrong is told in one line."""
        try:
            return super().invoke(ctx)
        except MarchlandError as err:
            click.echo(f"marchland: {err}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            ctx.exit(0)


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="marchland")
def main() -> None:
    """Read what is published about the world's borderlands; keep a measured, evidenced picture of who holds sway where."""
