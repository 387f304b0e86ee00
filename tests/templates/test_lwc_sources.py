"""What the generated browser code may and may not hold, over many answers."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from sfgen.answers import complete_answers
from sfgen.pack import find_packs_folder, load_pack
from sfgen.plan import plan_project
from sfgen.render import render_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

MATRIX: dict[str, dict[str, str]] = {
    "default": {},
    "my-event": {"channels": "public", "authorization": "none", "login": "none"},
    "texting": {"authorization": "external"},
    "managed": {"authorization": "external", "namespace": "acme", "channels": "private,presence"},
    "encrypted": {"channels": "private-encrypted", "authorization": "apex", "login": "none"},
    "presence-aura": {
        "channels": "presence,private",
        "container": "aura",
        "authorization": "apex",
        "login": "none",
    },
    "direct": {
        "bridge": "direct",
        "authorization": "apex",
        "login": "none",
        "channels": "public,private,presence",
    },
    "direct-external": {"bridge": "direct", "authorization": "external", "widgets": "record"},
    "direct-public": {
        "bridge": "direct",
        "authorization": "none",
        "login": "none",
        "channels": "public",
        "widgets": "home",
    },
    "named": {
        "authorization": "named-credential",
        "login": "named-credential",
        "store": "external",
        "widgets": "utility",
    },
    "listener": {"widgets": "none", "container": "both"},
    "listener-public": {
        "widgets": "none",
        "bridge": "direct",
        "authorization": "none",
        "login": "none",
        "channels": "public",
    },
    "beams": {"beams": "yes", "prefix": "AcmeChat", "login": "oauth"},
}
#: npm's own integrity values of pusher-js 8.6.0 (registry.npmjs.org/pusher-js).
INTEGRITY = {
    "pusher.min.js": "sha384-yz6oLe92Sren05O3WPhu8DK05E9PEkh7kTQJ819acmwKwcCMwJXGu9Kta5wYhfaJ",
    "pusher-with-encryption.min.js": (
        "sha384-pYFayNmFTq10y7XqhtGrFp6x1ZevpYi0O8M/yGdtx7tm2ubLgj0zTXzp5yMXIIgo"
    ),
}

each_case = pytest.mark.parametrize("case", MATRIX)


@cache
def render(case: str) -> dict[str, bytes]:
    answers = complete_answers(MATRIX[case]).as_dict()
    plan = plan_project(load_pack(find_packs_folder() / "pusher"), answers)
    return {file.path: file.content for file in render_plan(plan)}


def scripts(case: str) -> Iterator[tuple[str, str]]:
    for path, content in render(case).items():
        if path.endswith(".js") and "/main/" in path and not path.endswith(".min.js"):
            yield path, content.decode()


@each_case
def test_pusher_js_is_the_npm_file_and_its_description_says_which(case: str) -> None:
    files = render(case)
    [path] = [one for one in files if one.endswith(".min.js")]
    name = path.rpartition("/")[2]
    digest = base64.b64encode(hashlib.sha384(files[path]).digest()).decode()
    assert f"sha384-{digest}" == INTEGRITY[name]
    folder = path.rpartition("/")[0]
    described = files[f"{folder}.resource-meta.xml"].decode()
    assert INTEGRITY[name] in described
    assert "8.6.0" in described
    assert b"Permission is hereby granted" in files[f"{folder}/LICENCE.txt"]
    assert ("encryption" in name) == ("private-encrypted" in MATRIX[case].get("channels", ""))


@each_case
def test_static_resources_hold_no_native_async_function(case: str) -> None:
    # Firefox never finishes them inside Lightning Web Security (docs/explanation/lws.md).
    for path, text in scripts(case):
        if "/staticresources/" in path:
            assert not re.search(r"\b(async|await|import|export)\b", text), path


@each_case
def test_no_script_posts_to_any_origin_or_writes_markup(case: str) -> None:
    for path, text in scripts(case):
        if "/__tests__/" not in path:
            assert not re.search(r"postMessage\([^;]*'\*'", text, re.DOTALL), path
            assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|\beval\(|console\.", text)
    for path, content in render(case).items():
        if path.endswith(".html") and "/lwc/" in path:
            assert b"lwc:inner-html" not in content, path
            assert b"lwc:dom" not in content, path


@each_case
def test_every_label_is_declared_once_and_used(case: str) -> None:
    files = render(case)
    [labels] = [text for path, text in files.items() if path.endswith("labels-meta.xml")]
    declared = re.findall(r"<fullName>(\w+)</fullName>", labels.decode())
    others = b"\n".join(text for path, text in files.items() if "/labels/" not in path).decode()
    used = set(re.findall(r"(?:label/c|\$Label(?:\.\w+)?|System\.Label)\.(\w+)", others))
    assert declared == sorted(declared, key=str.lower)
    assert set(declared) == used


@each_case
def test_every_label_that_a_component_uses_is_one_of_its_module(case: str) -> None:
    sources = dict(scripts(case))
    modules = [path for path in sources if re.search(r"/(\w+Labels|labels)\.js$", path)]
    assert len(modules) == 2, "one of all components, and one of the set-up page"
    for module in modules:
        exported = sources[module].partition("export const label = {")[2]
        given = set(re.findall(r"\w+", exported))
        # The set-up page's labels are its own.
        of_setup = module.endswith("/labels.js")
        asked: set[str] = set()
        for path, content in render(case).items():
            if "/lwc/" in path and "/__tests__/" not in path and ("Setup/" in path) == of_setup:
                asked |= set(re.findall(r"\blabel\.(\w+)", content.decode()))
        assert given <= asked, module
        # The set-up page shows whether a secret is stored, where there is one.
        assert asked - given <= ({"stored"} if of_setup else set()), module


@each_case
def test_every_script_of_a_page_is_there(case: str) -> None:
    files = render(case)
    for path, content in files.items():
        if path.endswith(".page"):
            base = path.partition("/pages/")[0] + "/staticresources"
            for resource, name in re.findall(
                r"URLFOR\(\$Resource\.(\w+), '([^']+)'\)", content.decode()
            ):
                assert f"{base}/{resource}/{name}" in files
            assert b"<script>" not in content, f"{path} holds a script of its own"


@each_case
def test_every_component_has_its_tests(case: str) -> None:
    files = render(case)
    bundles = {path.split("/lwc/")[1].split("/")[0] for path in files if "/lwc/" in path}
    tested = {path.split("/lwc/")[1].split("/")[0] for path in files if "/__tests__/" in path}
    assert {name for name in bundles - tested if not name.endswith("Labels")} == set()


@each_case
def test_an_imported_component_is_there(case: str) -> None:
    files = render(case)
    bundles = {path.split("/lwc/")[1].split("/")[0] for path in files if "/lwc/" in path}
    for path, text in scripts(case):
        assert set(re.findall(r"from 'c/(\w+)'", text)) <= bundles, path
    for path, content in files.items():
        if path.endswith(".html") and "/lwc/" in path:
            for tag in re.findall(r"<c-([\w-]+)", content.decode()):
                name = re.sub(r"-(\w)", lambda match: match[1].upper(), tag)
                assert name in bundles, f"{path}: {tag}"
