from __future__ import annotations

from pathlib import Path

import pytest

import sfgen.pack.fit
from sfgen.pack import find_packs_folder
from sfgen.pack.fit import fit

CALL = """\
        {} found = new {}().start(
            recordId
        );"""
CHAIN = """\
        return new {}.Draft(
                'Hello',
                clientKey,
                null
            )
            .clientKey;"""
LOOP = """\
        for (
            Integer value : {}.sign(
                bytes(message),
                bytes(key)
            )
        ) {{
            total += value;
        }}"""
TEST = """\
        if (
            pending == null ||
            !{}.isSame(pending.state, state)
        ) {{"""
TAG = """\
            <script
                src="{{!URLFOR($Resource.{}, 'page.js')}}"
            ></script>"""
ELEMENT = """\
            <c:{}
                isDelayed="{{!v.chat.isDelayed}}"
                hasMenu="true"
            />"""
IMPORT = """\
import {{
    findMembers,
    listen
}} from 'c/{}';"""


@pytest.mark.parametrize(
    ("longest", "name", "expected"),
    [
        (CALL, "A", "        A found = new A().start(recordId);"),
        (CALL, "A" * 30, CALL),
        (CHAIN, "A", "        return new A.Draft('Hello', clientKey, null).clientKey;"),
        (
            CHAIN,
            "A" * 24,
            "        return new {}.Draft('Hello', clientKey, null)\n            .clientKey;",
        ),
        (CHAIN, "A" * 36, CHAIN),
        (
            LOOP,
            "A" * 15,
            (
                "        for (Integer value : {}.sign(bytes(message), bytes(key))) {{\n"
                "            total += value;\n        }}"
            ),
        ),
        (
            LOOP,
            "A" * 18,
            (
                "        for (\n            Integer value : {}.sign(bytes(message), bytes(key))\n"
                "        ) {{\n            total += value;\n        }}"
            ),
        ),
        (LOOP, "A" * 40, LOOP),
        (TEST, "A" * 10, "        if (pending == null || !{}.isSame(pending.state, state)) {{"),
        (
            TEST,
            "A" * 18,
            (
                "        if (\n            pending == null || !{}.isSame(pending.state, state)\n"
                "        ) {{"
            ),
        ),
        (TEST, "A" * 30, TEST),
        (TAG, "A", "            <script src=\"{{!URLFOR($Resource.{}, 'page.js')}}\"></script>"),
        (TAG, "A" * 40, TAG),
        (ELEMENT, "A", '            <c:{} isDelayed="{{!v.chat.isDelayed}}" hasMenu="true" />'),
        (ELEMENT, "A" * 40, ELEMENT),
        (IMPORT, "a", "import {{ findMembers, listen }} from 'c/{}';"),
        (IMPORT, "a" * 50, IMPORT),
    ],
)
def test_what_fits_is_joined_from_the_outside(longest: str, name: str, expected: str) -> None:
    given = longest.format(*[name] * longest.count("{}"))
    wanted = expected.format(*[name] * expected.count("{}"))
    assert fit(given) == wanted


def test_a_line_of_exactly_the_width_is_joined_and_one_more_is_not() -> None:
    assert fit(f"a(\n    {'b' * 76}\n);") == f"a({'b' * 76});"
    longer = f"a(\n    {'b' * 77}\n);"
    assert fit(longer) == longer


def test_statements_side_by_side_stay_on_lines_of_their_own() -> None:
    text = "    a(\n        b\n    );\n    c.d();\n\n    if (\n        e\n    ) {\n        f();\n    }\n"
    assert fit(text) == "    a(b);\n    c.d();\n\n    if (e) {\n        f();\n    }\n"


def test_cookiecutter_has_the_same_filter() -> None:
    copy = find_packs_folder() / "pusher" / "local_extensions" / "fit.py"
    assert copy.read_text("utf-8") == Path(sfgen.pack.fit.__file__).read_text("utf-8")
