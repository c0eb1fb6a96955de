"""The verb: it says where the page is, serves it, and stops when told to."""

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from click.testing import CliRunner

from marchland.cli.serve import serve
from marchland.store import Store
from tests.web.makers import fill

RUN = "from marchland.cli.serve import serve; serve()"


def test_serve_prints_its_address_and_answers_there(tmp_path: Path):
    path = tmp_path / "s.marchland"
    with Store(path) as store:
        fill(store)
    arguments = [sys.executable, "-c", RUN, "--store", str(path), "--port", "0"]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        address = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
        with urllib.request.urlopen(f"{address}host/TJK", timeout=60) as answer:
            assert b"Who holds sway in Tajikistan?" in answer.read()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
    assert "Traceback" not in line


def test_serve_needs_a_store(tmp_path: Path):
    told = CliRunner().invoke(serve, ["--store", str(tmp_path / "none"), "--port", "0"])
    assert told.exit_code == 1
    assert "there is no such file" in str(told.exception)
