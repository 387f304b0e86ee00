from __future__ import annotations

import subprocess
import sys

from sfgen.apex import host


def test_every_name_of_the_door_is_there() -> None:
    for name in host.__all__:
        assert getattr(host, name) is not None
    assert sorted(host.__all__) == sorted(host._HOMES)


def test_a_name_that_the_door_does_not_have_is_no_attribute() -> None:
    assert not hasattr(host, "Database")


def test_the_names_of_the_faults_load_no_runtime() -> None:
    code = (
        "import sys; from sfgen.apex.host import FAULTS, RUNNER_FIELDS;"
        "print([n for n in sys.modules if n.startswith(('sfgen.apex.library', 'sfgen.apex.compiler'))])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
