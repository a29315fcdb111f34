"""A jobtray process with its own scripts and data in a temporary folder."""

import os
import signal
import subprocess
from pathlib import Path

BINARY = os.environ.get("JOBTRAY_PROGRAM", str(Path(__file__).parents[2] / "target/release/jobtray"))

SCRIPT = """#!/bin/sh
echo "::progress 0.5 Half of it"
echo "done: $1"
"""


class Server:
    """Runs `jobtray` on a port that stays the same after a restart."""

    def __init__(self, folder: Path):
        scripts = folder / "scripts"
        scripts.mkdir()
        script = scripts / "greet.sh"
        script.write_text(SCRIPT)
        script.chmod(0o755)
        self.environment = {
            **os.environ,
            "JOBTRAY_DATA_DIR": str(folder / "data"),
            "JOBTRAY_SCRIPTS_DIR": str(scripts),
            "LEPTOS_SITE_ADDR": "127.0.0.1:0",
            "RUST_LOG": "warn",
        }
        self.url = None
        self.process = None

    def start(self):
        self.process = subprocess.Popen([BINARY], env=self.environment, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on "), line
        self.url = line.removeprefix("listening on ").strip()
        # A restart uses the same port.
        self.environment["LEPTOS_SITE_ADDR"] = self.url.removeprefix("http://")

    def kill(self):
        """Kills the process with SIGKILL, as in a crash."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(timeout=30) == 0
