from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# In a process of its own: where the rule is broken, V8 ends the whole process.
COMPILE_IN_OTHER_THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from sfgen.tools.lwc_compiler import LwcCompiler, Options

threads = [ThreadPoolExecutor(1) for _ in range(3)]
for thread in threads:
    thread.submit(int).result()
for turn in range(3):
    compiler = LwcCompiler(Path(sys.argv[1]) / str(turn))
    options = Options("c", "one")
    compiled = threads[turn].submit(compiler.compile, "export default 1;", "one.js", options)
    assert "export default" in compiled.result().code
    threads[turn - 1].submit(compiler.close).result()
"""


def test_a_compiler_may_be_started_used_and_closed_by_different_threads(tmp_path: Path) -> None:
    command = [sys.executable, "-c", COMPILE_IN_OTHER_THREADS, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
