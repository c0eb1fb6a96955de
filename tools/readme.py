"""Run the examples in README.md and docs/, and paste what they print.

    python tools/readme.py

In a `console` block every line that starts with `$ ` is run and the lines below it are its output. A `python` block is run, and a
`text output` block right after it holds what it printed. A `text NAME` block is a file that the examples below it read. Examples of one
page run in order in one empty folder, beside the `demo` folder that `make demo` leaves. Only standard output is pasted.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from marchland.cli import main as marchland

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
_FENCE = re.compile(r"^```(console|python|text [\w.-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHELL_MARKS = set("|<>;&$`")
_ASIDE = ("FORCE_COLOR", "MARCHLAND_STORE", "TTY_COMPATIBLE", "TTY_INTERACTIVE")  # a person's settings change no page
_SET = {"NO_COLOR": "1", "COLUMNS": "100"}


def fresh(page: str, folder: Path) -> str:
    """The page with the output that its examples print now; they run in `folder`.

    Raises:
        RuntimeError: an example failed.
    """
    names: dict[str, Any] = {"__name__": "__example__"}
    printed = ""

    def renewed(block: re.Match[str]) -> str:
        nonlocal printed
        kind, body = block[1], block[2]
        if kind == "console":
            body = "".join(_console(body, folder))
        elif kind == "python":
            printed = _python(body, names, folder)
        elif kind == "text output":
            body = printed
        else:
            (folder / kind.removeprefix("text ")).write_text(body, encoding="utf-8")
        return f"```{kind}\n{body}```"

    return _FENCE.sub(renewed, page)


def fresh_page(page: Path) -> str:
    """The text of a page in the tree, renewed; its examples find a demo folder beside them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = page.read_text(encoding="utf-8")
        if "demo/" in text and page.name != "README.md":
            (folder / "demo").mkdir()
            (folder / "demo/demo.marchland").write_bytes(_demo_store())
        return fresh(text, folder)


@cache
def _demo_store() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        run("marchland demo", Path(name))
        return (Path(name) / "demo/demo.marchland").read_bytes()


def _console(body: str, folder: Path) -> Iterator[str]:
    for line in body.splitlines():
        if line.startswith("$ "):
            yield line + "\n"
            yield _tidy(run(line.removeprefix("$ "), folder))


def _python(body: str, names: dict[str, Any], folder: Path) -> str:
    out = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out):
        exec(compile(body, "example", "exec"), names)  # noqa: S102  # running the examples is what this is for
    return _tidy(out.getvalue())


def run(command: str, folder: Path) -> str:
    """What a command prints on standard output; `make demo` and plain marchland commands run in this process.

    Raises:
        RuntimeError: the command failed.
    """
    words = shlex.split(command)
    if words == ["make", "demo"]:
        words = ["marchland", "demo"]
    if words[0] == "marchland" and not _SHELL_MARKS & set(command):
        with contextlib.chdir(folder):
            runner = CliRunner(env=dict.fromkeys(_ASIDE) | _SET)
            result = runner.invoke(marchland, words[1:], prog_name="marchland")
        code, out, err = result.exit_code, result.stdout, result.stderr
    else:
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
        env = {k: v for k, v in os.environ.items() if k not in _ASIDE} | _SET | {"PATH": path}
        shell = shutil.which("bash") or "sh"
        done = subprocess.run([shell, "-c", command], cwd=folder, env=env, capture_output=True, text=True, check=False)
        code, out, err = done.returncode, done.stdout, done.stderr
    if code:
        raise RuntimeError(f"example failed with exit {code}: {command}\n{out}{err}")
    return out


def _tidy(text: str) -> str:
    """Without blanks at the ends of lines, and without empty lines at the end."""
    lines = [line.rstrip() for line in text.rstrip().splitlines()]
    return "".join(f"{line}\n" for line in lines)


def main() -> int:
    """Renew every page."""
    for page in PAGES:
        old = page.read_text(encoding="utf-8")
        new = fresh_page(page)
        if new != old:
            page.write_text(new, encoding="utf-8")
            print(f"renewed {page.relative_to(ROOT)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
