"""The documents say what the code does; `python tests/docs/test_docs.py` writes them anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sfgen.answers import QUESTIONS
from sfgen.cli import group, run
from sfgen.commands import COMMANDS

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]

#: What an answer means, where its choices don't say it themselves.
NOTES = {
    "project_name": "Folder and name of the project.",
    "package_dir": "The package directory that holds the source.",
    "api_version": "API version of every component, 61.0 to 68.0.",
    "prefix": "Starts every Apex class, page, setting and component name; at most 13 characters.",
    "namespace": "A managed package's namespace; classes become global where the package needs it.",
    "bridge": (
        "`visualforce`: pusher-js in a Visualforce page in a hidden frame, outside Lightning Web "
        "Security. `direct`: pusher-js loaded in LWC, with a one-line shim."
    ),
    "container": "Which component technology hosts the bridge and the components.",
    "channels": "Which kinds of channel to support; several with commas.",
    "user_channel": "Name of an advisor's channel behind the kind's prefix (`private-`, ...).",
    "conversation_channel": "Name of a conversation's channel behind the kind's prefix.",
    "public_channel": "Name of the public channel.",
    "authorization": (
        "`proxy`: Apex calls the application's auth endpoint with the advisor's token, which never "
        "reaches the browser. `external`: pusher-js calls it with a bearer header. "
        "`named-credential`: as proxy, with a per-user External Credential. `apex`: Apex signs with "
        "the app secret. `none`: public channels only."
    ),
    "login": (
        "`oauth`: authorization code with PKCE, token in the protected per-user setting. "
        "`named-credential`: Salesforce keeps the token."
    ),
    "store": (
        "`objects`: Conversation and Message custom objects. `external`: the application's REST API."
    ),
    "widgets": "Which of the three components to write, several with commas; `none`: the bridge alone, with an example that shows events as they come, and no conversations.",
    "record_object": (
        "Object whose record page shows the chat: a custom object, or one of the standard objects "
        "that a custom lookup and a record page know (a wrong answer is told which)."
    ),
    "pusher_cluster": "Cluster of the hosted Pusher app.",
    "pusher_host": "Host of a self-hosted server that speaks Pusher's protocol; empty for hosted.",
    "pusher_port": "Its port.",
    "pusher_tls": "Whether it is reached over TLS; an org takes no server without it.",
    "external_url": "Where the external application lives.",
    "lightning_web_security": (
        "`leave` touches nothing. `on` and `off` write a settings file into the opt-in `admin/` "
        "directory; it changes every component of the org, and `off` is not recommended."
    ),
    "beams": "Push notifications to the client's phone through Pusher Beams.",
    "ci": "Which provider's pipeline file to write.",
    "install_from": (
        "What the pipeline installs sfgen from, pinned: by itself the place this one was installed "
        "from, where pip has noted one (PEP 610) or it came from an index."
    ),
}


def describe_answers() -> str:
    lines = [
        "# Answers",
        "",
        "`sfgen init` asks these questions. An answer comes from `--set name=value`, else from the",
        'environment (`SFGEN_NAME`), else from `--answers FILE` (TOML, one `name = "value"` a line),',
        "else from the prompt or, with `--defaults`, from this table. All values are texts: `62.0`",
        "stays `62.0`. Secrets are never answers. In an existing project, `package_dir`,",
        "`api_version` and `namespace` come from its `sfdx-project.json` where nothing else says.",
        "",
        "| answer | default | choices | meaning |",
        "| --- | --- | --- | --- |",
    ]
    for question in QUESTIONS:
        default = f"`{question.default}`" if question.default else "none"
        choices = ", ".join(f"`{choice}`" for choice in question.choices) or "text"
        lines.append(f"| `{question.name}` | {default} | {choices} | {NOTES[question.name]} |")
    lines += [
        "",
        "## What goes together",
        "",
        "- `authorization=none` serves `channels=public` only, and public channels need none.",
        "- `authorization=proxy` and `external` spend the advisor's token: `login=oauth`.",
        "- `authorization=named-credential` goes with `login=named-credential`.",
        "- `store=external` calls the application for the advisor, so it needs a login.",
        "- A login that nothing would use is refused.",
        "- `widgets=none` goes with no other widget, and takes no answer about conversations:",
        "  `store`, `conversation_channel`, `record_object` and `beams` stay as they are, and",
        "  `channels` holds no `presence`.",
        "- `login=named-credential` is made of a metadata type of API version 62.0.",
        "- A self-hosted server is reached over TLS: an org takes no Trusted URL `ws://`.",
        "- A pipeline (`ci`) needs `install_from`, where sfgen can't tell it by itself.",
        "- `package_dir` is no folder of a metadata type (`lwc`, `objects`, ...), in whatever case, and",
        "  no file or folder that the project has at its top.",
        "",
        "## Going live",
        "",
        "The custom settings that hold secrets are Protected. Production orgs refuse that outside of a",
        "managed package; `sfgen deploy` recognizes one before it sends anything. With",
        "`CUSTOM_SETTING_VISIBILITY=Public` in the environment both `sf` and `sfgen` deploy them as",
        "Public, by the `replacements` of the generated `sfdx-project.json`; the pipelines set it in",
        "their production job. Such settings protect nothing from who writes Apex or may view custom",
        "settings: `login=named-credential` keeps tokens out of them, `namespace` makes a package.",
        "",
        "## In an existing project",
        "",
        "Nothing that the project has is overwritten. Its `package_dir` is one of its own, and everything",
        "of the integration stands in one folder there, `main/<prefix>`, by areas. Labels have a file of",
        "their own, which every deploy merges with the project's; where the project has Prettier, a few",
        "lines in `.prettierignore` let it pass over files of another style; where its Jest has no",
        "`@sa11y/jest`, the tests don't ask for it; components of the same names anywhere in its package",
        "directories are named before anything is written; and the page",
        "`docs/<prefix>.md` says where to change what, how to deploy, go live and connect a gateway.",
        "",
    ]
    return "\n".join(lines)


def describe_commands() -> str:
    lines = [
        "# Commands",
        "",
        "What `--help` prints, 80 columns wide. The shell completes commands and",
    ]
    lines += [
        'options after `eval "$(_SFGEN_COMPLETE=bash_source sfgen)"`; zsh and fish alike.',
        "",
    ]
    for name in ["", *COMMANDS]:
        if name and group.get_command(click.Context(group), name) is None:
            continue
        lines += [f"## sfgen {name}".rstrip(), "", "```text", read_help(name), "```", ""]
    return "\n".join(lines)


def read_help(name: str) -> str:
    # A process of its own: click keeps the help option a command was first called with.
    call = [sys.executable, "-m", "sfgen", *([name] if name else []), "--help"]
    environment = {**os.environ, "COLUMNS": "80"}
    done = subprocess.run(call, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip()


def test_the_answers_page_is_current() -> None:
    assert (ROOT / "docs" / "answers.md").read_text(encoding="utf-8") == describe_answers()


def test_the_commands_page_is_current() -> None:
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == describe_commands()


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"`sfgen {name}" in readme


def test_every_command_of_the_table_exists_and_has_help() -> None:
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None, name
        assert command.help


def test_help_fits_80_columns() -> None:
    for name in ["", *COMMANDS]:
        assert max(map(len, read_help(name).splitlines())) <= 80, name


def test_links_of_the_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_init_of_the_documents_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("examples/*/README.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    lines = set(re.findall(r"^(?:  Example: )?sfgen init (\S+ --.+)$", text, re.MULTILINE))
    assert len(lines) >= 8
    monkeypatch.chdir(tmp_path)
    for line in sorted(lines):
        arguments = [word.replace("examples/", f"{ROOT}/examples/") for word in line.split()]
        assert run(["init", *arguments, "--dry-run"]) == 0, line


if __name__ == "__main__":
    (ROOT / "docs" / "answers.md").write_text(describe_answers(), encoding="utf-8")
    (ROOT / "docs" / "commands.md").write_text(describe_commands(), encoding="utf-8")
    sys.stdout.write("docs/answers.md and docs/commands.md are written\n")
