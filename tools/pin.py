"""Pin every package: write constraints.txt with uv, and the same pins into `[tool.uv]` of pyproject.toml.

    python tools/pin.py [--upgrade]

pip reads constraints.txt; `uv run` and `uv sync` read no constraints file, only pyproject.toml. Neither place may name a host, so that
each user's own registry is asked. Without `--upgrade`, pins stay unless a requirement in pyproject.toml forbids them.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
PROJECT = ROOT / "pyproject.toml"
NOTE = "# The pins of constraints.txt, for `uv run` and `uv sync`; written by tools/pin.py.\n"
_BLOCK = re.compile(re.escape(NOTE) + r"\[tool\.uv\]\nconstraint-dependencies = \[\n.*?\n\]\n", re.DOTALL)


def pins(text: str) -> list[str]:
    """The pins of a constraints file, one for each line."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def copied(project: str) -> list[str]:
    """The pins that pyproject.toml holds."""
    return list(tomllib.loads(project).get("tool", {}).get("uv", {}).get("constraint-dependencies", []))


def with_pins(project: str, lines: list[str]) -> str:
    """pyproject.toml with these pins in place of those it held."""
    block = f"{NOTE}[tool.uv]\nconstraint-dependencies = [\n" + "".join(f'  "{line}",\n' for line in lines) + "]\n"
    bare = _BLOCK.sub("", project).rstrip("\n")
    return f"{bare}\n\n{block}"


def solve(project: str, old: str, *, upgrade: bool) -> str:
    """Ask uv for one set of releases that fits every platform and Python from 3.12 on."""
    command = (
        "uv pip compile --universal --no-annotate --no-header --quiet --python-version 3.12 --group dev pyproject.toml"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pyproject.toml").write_text(_BLOCK.sub("", project), encoding="utf-8")  # old pins must not bind
        shutil.copy(ROOT / ".python-version", folder)  # a version manager's shim asks for it
        out = folder / "constraints.txt"
        out.write_text(old, encoding="utf-8")
        extra = ["--upgrade"] if upgrade else []
        subprocess.run([*command.split(), "-o", str(out), *extra], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        return out.read_text(encoding="utf-8")


def main() -> int:
    """Write both files."""
    project = PROJECT.read_text(encoding="utf-8")
    old = CONSTRAINTS.read_text(encoding="utf-8") if CONSTRAINTS.exists() else ""
    new = solve(project, old, upgrade="--upgrade" in sys.argv[1:])
    if "://" in new:
        print("tools/pin.py: uv wrote an address into the pins; nothing was changed", file=sys.stderr)
        return 1
    CONSTRAINTS.write_text(new, encoding="utf-8")
    PROJECT.write_text(with_pins(project, pins(new)), encoding="utf-8")
    print(f"{len(pins(new))} pins written", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
