"""What the documentation shows is what the program prints."""

from pathlib import Path

import pytest
from tools.readme import PAGES, ROOT, fresh, fresh_page


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_examples_print_what_the_page_shows(page: Path) -> None:
    assert fresh_page(page) == page.read_text(encoding="utf-8"), (
        "the page is out of date: run `make readme` and read what changed"
    )


def test_output_of_a_command_replaces_what_stood_there(tmp_path: Path) -> None:
    page = "Before.\n```console\n$ marchland ref domains\nold\n```\nAfter.\n"
    shown = "Before.\n```console\n$ marchland ref domains\nsecurity\neconomic\npolitical\ninformation\n```\nAfter.\n"
    assert fresh(page, tmp_path) == shown


def test_output_of_python_goes_into_the_block_below_it(tmp_path: Path) -> None:
    page = "```python\nprint(1 + 1)\n```\n```text output\n```\n"
    assert fresh(page, tmp_path) == "```python\nprint(1 + 1)\n```\n```text output\n2\n```\n"


def test_example_reads_the_file_shown_above_it(tmp_path: Path) -> None:
    page = "```text note.txt\nOne line.\n```\n```console\n$ cat note.txt | tr a-z A-Z\n```\n"
    assert fresh(page, tmp_path).endswith("A-Z\nONE LINE.\n```\n")


def test_failing_example_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"exit 1: marchland code absent\.txt"):
        fresh("```console\n$ marchland code absent.txt\n```\n", tmp_path)
