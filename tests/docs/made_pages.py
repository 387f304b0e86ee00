"""The pages of docs/reference that are made from the code: answers, commands and rules.

``python tests/docs/made_pages.py`` writes them anew.
"""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

import sfgen.check
from sfgen.answers import QUESTIONS
from sfgen.check.findings import RULES
from sfgen.cli import group
from sfgen.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parents[2]

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
    "user_channel": "Name of an advisor's channel after the kind's prefix (`private-`, ...).",
    "conversation_channel": "Name of a conversation's channel after the kind's prefix.",
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
    "widgets": (
        "Which of the three components to write, several with commas; `none`: the bridge alone, with "
        "an example that shows events as they come, and no conversations."
    ),
    "record_object": (
        "Object whose record page shows the chat: a custom object, or one of the standard objects "
        "that a custom lookup and a record page know (the error names them)."
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
        "What the pipeline installs sfgen from, pinned: by default where this one was installed "
        "from, if pip has noted that (PEP 610) or it came from an index."
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
        "- `authorization=proxy` and `external` use the advisor's token: `login=oauth`.",
        "- `authorization=named-credential` goes with `login=named-credential`.",
        "- `store=external` calls the application for the advisor, so it needs a login.",
        "- A login that nothing would use is refused.",
        "- `widgets=none` goes with no other widget, and takes no answer about conversations:",
        "  `store`, `conversation_channel`, `record_object` and `beams` stay as they are, and",
        "  `channels` has no `presence`.",
        "- `login=named-credential` needs API version 62.0.",
        "- A self-hosted server is reached over TLS: an org takes no Trusted URL `ws://`.",
        "- A pipeline (`ci`) needs `install_from`, where sfgen can't find it out.",
        "- `package_dir` can't be a folder of a metadata type (`lwc`, `objects`, ...), in any case, nor a",
        "  file or folder at the top of the project.",
        "",
        "## Going live",
        "",
        "The custom settings that hold secrets are Protected. Production orgs refuse that outside of a",
        "managed package; `sfgen deploy` recognizes one before it sends anything. With",
        "`CUSTOM_SETTING_VISIBILITY=Public` in the environment both `sf` and `sfgen` deploy them as",
        "Public, by the `replacements` of the generated `sfdx-project.json`; the pipelines set it in",
        "their production job. Such settings protect nothing from users who can write Apex or view custom",
        "settings: `login=named-credential` keeps tokens out of them, `namespace` makes a package.",
        "",
        "## In an existing project",
        "",
        "Nothing that the project has is overwritten. `package_dir` is one of the project's, and",
        "everything of the integration stands in one folder there, `main/<prefix>`, by areas. Labels",
        "have a file of their own, which every deploy merges with the project's; its",
        "`sfdx-project.json` gets the `replacements` that going live needs, and keeps every other",
        "character; where the project has Prettier, a few lines in `.prettierignore` exclude",
        "the integration's files; where its Jest has no `@sa11y/jest`, the tests don't use it;",
        "components of the same names anywhere in its package directories are named before anything",
        "is written; and the page `docs/<prefix>.md` says where to change what, how to deploy, go live",
        "and connect a gateway.",
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


#: Rule -> how it can be put right, and where the rule is written.
FIXES: Final = {
    "api-name": (
        "Rename the file or the fullName; letters, digits and single underscores, at most 40 characters, 38 for a custom setting.",
        "Salesforce Help, Define Custom Settings; Metadata API Developer Guide, CustomField",
    ),
    "apex-compiler": ("Put right what the compiler says.", "Salesforce's Apex compiler"),
    "apex-name": ("Rename the class or the file.", "Apex Developer Guide, Apex Class Definition"),
    "apex-reference": (
        "Add what is named, or correct the name.",
        "Apex Developer Guide, sObject Types",
    ),
    "apex-sharing": (
        "Write `with sharing`; or `without sharing` or `inherited sharing`, and why.",
        "Apex Developer Guide, Use the with sharing, without sharing, and inherited sharing Keywords",
    ),
    "apex-syntax": (
        "Put right what the parser says.",
        "Apex Developer Guide, Data Types and Variables",
    ),
    "apex-types": ("Put right what the checker says.", "apex-ls"),
    "aura-action": (
        "Add the function or the `@AuraEnabled` method, or correct the name.",
        "Lightning Aura Components Developer Guide, Calling a Server-Side Action",
    ),
    "aura-controller": (
        "Add the class, or correct the attribute `controller`.",
        "Lightning Aura Components Developer Guide, Creating Server-Side Logic with Controllers",
    ),
    "aura-reference": (
        "Add the component, event or attribute, or correct the name.",
        "Lightning Aura Components Developer Guide, Creating Components",
    ),
    "custom-field": (
        "Add the element that is missing, or bring the number into its range.",
        "Metadata API Developer Guide, CustomField",
    ),
    "custom-setting": (
        "Take the element out, or choose another type for the field.",
        "Salesforce Help, Custom Settings; Metadata API Developer Guide, CustomObject",
    ),
    "flexipage-identifier": (
        "Give one of the two components another identifier.",
        "Metadata API Developer Guide, FlexiPage",
    ),
    "insecure-endpoint": (
        "Use `https://` or `wss://`; take `disableProtocolSecurity` out.",
        "Metadata API Developer Guide, RemoteSiteSetting, CspTrustedSite",
    ),
    "lightning-reference": (
        "Add what is named, or take it off the page, app, tab or action.",
        "Metadata API Developer Guide, FlexiPage, CustomTab, QuickAction, CustomApplication",
    ),
    "lwc-apex-parameter": (
        "Name the parameter as the Apex method does.",
        "Lightning Web Components Developer Guide, Call Apex Methods",
    ),
    "lwc-compile": ("Put right what the compiler says.", "Lightning Web Components' own compiler"),
    "lwc-import": (
        "Add what is imported, or correct the path.",
        "Lightning Web Components Developer Guide, @salesforce Modules",
    ),
    "lwc-name": (
        "Rename the folder and its files alike: a small letter first, then letters, digits and single underscores.",
        "Lightning Web Components Developer Guide, Component Folders",
    ),
    "lwc-target": (
        "Correct the target, or list it among the targets.",
        "Lightning Web Components Developer Guide, XML Configuration File Elements",
    ),
    "malformed-xml": ("Put right what the XML parser says.", "W3C, XML 1.0"),
    "metadata-schema": (
        "Take the element out, correct its value or its name.",
        "the Metadata API's WSDL",
    ),
    "missing-content": (
        "Add the file that the `-meta.xml` describes, or delete the `-meta.xml`.",
        "Salesforce DX Developer Guide, Project Structure and Source Format",
    ),
    "missing-meta": (
        "Add the `-meta.xml`: without it the file isn't deployed at all.",
        "Salesforce DX Developer Guide, Project Structure and Source Format",
    ),
    "object-reference": (
        "Add the field, or take it out of the list view or layout.",
        "Metadata API Developer Guide, ListView, Layout",
    ),
    "permission-dependency": (
        "Grant the other right as well, or take this one out.",
        "Object Reference, ObjectPermissions",
    ),
    "permission-group": (
        "Add the permission set, or take it out of the group.",
        "Metadata API Developer Guide, PermissionSetGroup",
    ),
    "permission-reference": (
        "Add what is granted, or delete the entry.",
        "Metadata API Developer Guide, PermissionSet",
    ),
    "permission-required-field": (
        "Delete the entry: required fields are always readable and editable.",
        "Metadata API Developer Guide, PermissionSet",
    ),
    "pusher-channel": (
        "Use letters, digits and `_-=@,.;`, at most 200 characters.",
        "Pusher Channels Docs, Channels",
    ),
    "pusher-event": (
        "Begin what a browser sends with `client-`; at most 200 characters.",
        "Pusher Channels Docs, Events",
    ),
    "secret-in-file": (
        "Take it out and revoke it; keep it in a protected custom setting or a named credential.",
        "Secure Coding Guide, Storing Sensitive Data",
    ),
    "setting-protected": (
        "Make it Public, or replace the word when going live (`replacements` of sfdx-project.json).",
        "Salesforce Help, Custom Settings",
    ),
    "soql-fields": (
        "Name the fields, or use `FIELDS(STANDARD)`.",
        "SOQL and SOSL Reference, FIELDS()",
    ),
    "soql-fields-dynamic": (
        "Name the fields, or use `FIELDS(STANDARD)`.",
        "SOQL and SOSL Reference, FIELDS()",
    ),
    "soql-profile-name": (
        "Find the profile by its licence (UserLicense) and its permissions.",
        "Object Reference, Profile",
    ),
    "soql-query": (
        "Filter, sort or group by another field, or in Apex; use `WITH USER_MODE` at API 67.0.",
        "SOQL and SOSL Reference, WHERE, ORDER BY, GROUP BY",
    ),
    "text-limit": (
        "Shorten the text.",
        "Metadata API Developer Guide, CustomField, CustomObject",
    ),
    "tool-failure": ("Do what the hint says, and run the check again.", "sfgen"),
    "unknown-type": (
        "Correct the name of the file or folder, or list it in `.forceignore`.",
        "Metadata API Developer Guide, Metadata Types",
    ),
    "unusable-file": ("Remove the file, or correct its name.", "sfgen"),
    "visualforce-binding": (
        "Add the property to the controller, or correct the expression.",
        "Visualforce Developer Guide, Custom Controllers and Controller Extensions",
    ),
    "visualforce-controller": (
        "Add the class, or correct the attribute.",
        "Visualforce Developer Guide, Custom Controllers and Controller Extensions",
    ),
    "visualforce-reference": (
        "Add what is named, or correct the name.",
        "Visualforce Developer Guide, Global Variables",
    ),
    "visualforce-remote-action": (
        "Add the method with `@RemoteAction`, or correct the name.",
        "Visualforce Developer Guide, JavaScript Remoting for Apex Controllers",
    ),
    "visualforce-syntax": (
        "Put right what the parser says.",
        "Visualforce Developer Guide, Syntax",
    ),
}

#: What the reader of a project finds: files that are part of no component.
UNREADABLE: Final = {
    "missing-content": "A file of metadata has its content beside it",
    "missing-meta": "A component has its `-meta.xml`",
    "unknown-type": "Files and folders are those of metadata types",
    "unusable-file": "A file can be read",
}
#: Rules that warn: the project is accepted all the same.
WARNINGS: Final = frozenset({"apex-sharing", "setting-protected", "soql-profile-name"})
#: Rules whose engine says which it is.
EITHER: Final = frozenset({"apex-compiler", "apex-types"})
FAST: Final = (
    "`sfgen check` holds a project to these rules. Those marked *fast* need nothing but Python and\n"
    "run with `--fast` too; *Java* and *V8* name the engine that the others need. Engines of the\n"
    "project and Code Analyzer (ESLint, Prettier, Jest, PMD, retire-js, regex) have rules of their\n"
    "own, which are shown under their own names. An error makes the exit code 1, a warning doesn't."
)


def collect_rules() -> dict[str, str]:
    """Every rule of check, with what it asks for."""
    for module in pkgutil.walk_packages(sfgen.check.__path__, "sfgen.check."):
        importlib.import_module(module.name)
    return {**RULES, **UNREADABLE}


def blamed_rules() -> set[str]:
    """The rules that sfgen.project reports: the texts that its blaming calls are given."""
    found = set()
    for path in (ROOT / "sfgen" / "project").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in {"blame", "_blame"} and isinstance(node.args[1], ast.Constant):
                found.add(str(node.args[1].value))
    return found


def describe_rules() -> str:
    engines = {"apex-types": "Java", "apex-compiler": "Java, `--deep`", "lwc-compile": "V8"}
    lines = ["# Rules", "", *FAST.split("\n"), ""]
    lines += [
        "| rule | severity | runs | what it wants | to put it right | written in |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, meaning in sorted(collect_rules().items()):
        severity = "warning" if name in WARNINGS else "error"
        severity = "error or warning" if name in EITHER else severity
        fix, source = FIXES[name]
        runs = engines.get(name, "fast")
        lines.append(f"| `{name}` | {severity} | {runs} | {meaning} | {fix} | {source} |")
    return "\n".join([*lines, ""])


REFERENCE: Final = ROOT / "docs" / "reference"
PAGES: Final[dict[Path, Callable[[], str]]] = {
    REFERENCE / "answers.md": describe_answers,
    REFERENCE / "commands.md": describe_commands,
    REFERENCE / "rules.md": describe_rules,
}


def write_pages() -> None:
    for page, describe in PAGES.items():
        page.write_text(describe(), encoding="utf-8")
        sys.stdout.write(f"{page.relative_to(ROOT)} is written\n")


if __name__ == "__main__":
    write_pages()
