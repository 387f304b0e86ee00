"""What holds for every test: no home folder, no network but loopback, no answers around."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from longest_files import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104 - compared, never bound

# A busy machine is no defect: examples may take as long as the test that holds them. And CI tries
# the same examples each time; new ones are for whoever works on the room.
hypothesis.settings.register_profile(
    "patient",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden trees")
    parser.addoption("--update-screens", action="store_true", help="rewrite docs/screenshots")
    parser.addoption("--signals", type=int, default=1, help="moments for each command and signal")
    parser.addoption("--failed-to", type=Path, metavar="FILE", help="write the failed tests' names")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; the order inside of a file stays."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(LONGEST)))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Name what failed, the test under which a worker died among it, for a second try."""
    if to := config.getoption("--failed-to"):
        stats = terminalreporter.stats
        names = {report.nodeid for kind in ("failed", "error") for report in stats.get(kind, ())}
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text("".join(f"{name}\n" for name in sorted(names)), "utf-8")


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Point HOME and the XDG folders to a temporary folder, so that nothing of the user's is met."""
    home = tmp_path_factory.mktemp("home")
    saved = dict(os.environ)
    # Downloaded tools are shared between runs; tests ask for them by this name only.
    os.environ.setdefault("SFGEN_TEST_TOOLS", str(ROOT / ".cache" / "tools"))
    for name in list(os.environ):
        if name.startswith(("SFGEN_", "SF_", "SFDX_")) and name != "SFGEN_TEST_TOOLS":
            del os.environ[name]
    _keep_the_way_to_the_registries()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)
    os.environ["HOME"] = str(home)
    _know_no_other_repository(tmp_path_factory.getbasetemp())
    for name, folder in (
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_RUNTIME_DIR", "run"),
    ):
        path = home / folder
        path.mkdir(mode=0o700)
        os.environ[name] = str(path)
    yield
    os.environ.clear()
    os.environ.update(saved)


def _keep_the_way_to_the_registries() -> None:
    """Let npm and pip go on as this machine tells them to; few slow tests fetch something."""
    proxy = os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy")
    if proxy:
        os.environ.setdefault("npm_config_https_proxy", proxy)
        os.environ.setdefault("PIP_PROXY", proxy)
    for name, file in (
        ("NPM_CONFIG_USERCONFIG", Path.home() / ".npmrc"),
        ("PIP_CONFIG_FILE", Path.home() / ".config" / "pip" / "pip.conf"),
    ):
        if file.is_file():
            os.environ.setdefault(name, str(file))


def _know_no_other_repository(scratch: Path) -> None:
    """Keep git to the tests' own repositories, with its own defaults."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        os.environ.pop(name, None)
    os.environ["GIT_CEILING_DIRECTORIES"] = str(scratch)
    os.environ["GIT_CONFIG_NOSYSTEM"] = "1"


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Take signals as a terminal sends them: ``&`` and ``nohup`` let programs ignore some."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="module", autouse=True)
def _own_local_org(_own_home: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give each file's tests a local org of their own: what one deploys may break another's."""
    shared = os.environ["XDG_DATA_HOME"]
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
    yield
    os.environ["XDG_DATA_HOME"] = shared


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            assert host.startswith(LOOPBACK), f"a test tried to reach {host}"
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]
