"""A generated project in the preview, and a browser that looks at its components."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = ROOT / "docs" / "screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Preview:
    """``sfgen preview`` in a process of its own."""

    def __init__(self, folder: Path, **answers: str) -> None:
        settings = [part for k, v in answers.items() for part in ("--set", f"{k}={v}")]
        self.run("init", str(folder), "--defaults", "--json", *settings)
        environment = {**os.environ, "SFGEN_RUNTIME_DIR": str(folder.parent)}
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "sfgen",
                "preview",
                str(folder),
                "--port",
                "0",
                "--no-open",
                "--fresh",
            ],
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self.process.stdout is not None
        self.address = ""
        for line in self.process.stdout:
            if "http://" in line and "key=" in line:
                self.address = line[line.index("http://") :].strip()
                break
        assert self.address, "the preview did not start"
        self.origin, _, self.key = self.address.partition("/?key=")

    @staticmethod
    def run(*arguments: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "sfgen", *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def steer(self, page: Any, action: str, **body: Any) -> Any:
        """Do something in the side panel's name."""
        return page.evaluate(
            """async ([path, key, body]) => {
                const response = await fetch(path, {
                    method: 'POST',
                    headers: { 'Content-Type': 'application/json', 'X-Sfgen-Preview': key },
                    body: JSON.stringify(body)
                });
                return response.json();
            }""",
            [f"/preview/panel/{action}", self.key, body],
        )

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
