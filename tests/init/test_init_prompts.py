from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from sfgen.answers import QUESTIONS, explain_partial

if TYPE_CHECKING:
    from pathlib import Path


def ask(folder: Path, *arguments: str) -> pexpect.spawn[str]:
    return pexpect.spawn(
        sys.executable,
        ["-m", "sfgen", "init", *arguments],
        cwd=str(folder),
        env={**os.environ, "TERM": "xterm"},
        dimensions=(24, 120),
        encoding="utf-8",
        timeout=60,
    )


def settle_all_but(*open_questions: str, **answers: str) -> list[str]:
    known = {q.name: answers.get(q.name, q.default) for q in QUESTIONS}
    pairs = [f"{name}={value}" for name, value in known.items() if name not in open_questions]
    return [part for pair in pairs for part in ("--set", pair)]


def test_arrows_edit_an_answer(tmp_path: Path) -> None:
    child = ask(tmp_path, *settle_all_but("prefix"))
    child.expect_exact("[Pusher]: ")
    child.sendline("Textng\x1b[D\x1b[Di")
    child.expect("Next:")
    child.expect(pexpect.EOF)
    assert 'prefix = "Texting"' in (tmp_path / "pusher-messaging/.sfgen/answers.toml").read_text()


def test_an_answer_that_does_not_go_with_an_earlier_one_is_refused_at_once(tmp_path: Path) -> None:
    arguments = settle_all_but("channels", "authorization", "login", "store")
    child = ask(tmp_path, "--dry-run", *arguments)
    child.expect_exact("[private]: ")
    child.sendline("public")
    child.expect_exact("(none) [none]: ")
    child.sendline("proxy")
    child.expect_exact("public channels need none")
    child.expect_exact("(none) [none]: ")
    child.sendline("")
    child.expect_exact("(oauth/named-credential/none) [none]: ")
    child.sendline("oauth")
    child.expect_exact("(external) [external]: ")
    child.sendline("")
    child.expect_exact("sfdx-project.json")
    child.expect(pexpect.EOF)


def test_answers_given_beforehand_are_held_against_each_other_first(tmp_path: Path) -> None:
    child = ask(tmp_path, "--set", "channels=public", "--set", "authorization=apex")
    child.expect_exact("public channels need none")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2


def test_a_folder_that_is_full_is_refused_before_any_question(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.txt").write_text("mine")
    child = ask(tmp_path, "taken")
    assert child.expect_exact(["is not empty", "]: "]) == 0
    child.expect(pexpect.EOF)
    child = ask(tmp_path)
    child.expect_exact("Project name")
    child.sendline("taken")
    child.expect_exact("is not empty")
    child.expect_exact("Project name")
    child.sendintr()
    child.expect_exact("interrupted")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130


def test_port_and_tls_are_asked_for_a_server_of_ones_own_only(tmp_path: Path) -> None:
    open_questions = ("pusher_host", "pusher_port", "pusher_tls")
    child = ask(tmp_path, "--dry-run", *settle_all_but(*open_questions))
    child.expect_exact("Host of a self-hosted")
    child.sendline("")
    assert child.expect_exact(["Port of", "sfdx-project.json"]) == 1
    child.expect(pexpect.EOF)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_default_can_still_become_a_full_set(question: object) -> None:
    assert explain_partial({question.name: question.default}) is None  # type: ignore[attr-defined]
