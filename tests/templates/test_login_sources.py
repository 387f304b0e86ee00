"""What the generated login, set-up and pages may and may not hold, over many answers."""

from __future__ import annotations

import re

import pytest
from test_lwc_sources import MATRIX, render

each_set = pytest.mark.parametrize("name", MATRIX)
_ENABLED = re.compile(r"@AuraEnabled[^;{]*?static (?P<result>[\w.<>]+) \w+\((?P<given>[^)]*)\)")


def texts(name: str, ending: str) -> dict[str, str]:
    found = render(name).items()
    return {
        path: text.decode() for path, text in found if path.endswith(ending) and ".min." not in path
    }


@each_set
def test_no_query_asks_for_all_fields(name: str) -> None:
    """Apex knows FIELDS(STANDARD) only (SOQL and SOSL Reference, SELECT)."""
    for path, text in texts(name, ".cls").items():
        assert not re.search(r"FIELDS\((ALL|CUSTOM)\)", text, re.IGNORECASE), path


@each_set
def test_every_page_sends_its_policy(name: str) -> None:
    """A Trusted URL binds only pages with the header (Object Reference, CspTrustedSite)."""
    for path, text in texts(name, ".page").items():
        assert 'cspHeader="true"' in text, path


@each_set
def test_what_the_callback_page_gets_back_is_escaped(name: str) -> None:
    for path, text in texts(name, "staticresources/PusherLoginScript.js").items():
        assert "escape: false" not in text, path


@each_set
def test_the_set_up_passes_classes_of_their_own(name: str) -> None:
    """Inner classes aren't supported between Apex and LWC (LWC guide, Expose Apex Methods)."""
    for path, text in texts(name, "SetupController.cls").items():
        found = list(_ENABLED.finditer(text))
        assert len(found) >= 2, path
        for one in found:
            inner = set(re.findall(r"\bclass (\w+)", text))
            names = set(re.findall(r"\w+", f"{one['result']} {one['given']}"))
            assert not names & (inner - {path.rpartition("/")[2].removesuffix(".cls")}), path


@each_set
def test_the_bearer_follows_no_redirect(name: str) -> None:
    for path, text in texts(name, "/authorizer.js").items():
        assert text.count("fetch(") == text.count("redirect: 'error'") == 1, path


@each_set
def test_a_login_that_salesforce_keeps_has_a_proof_key(name: str) -> None:
    for path, text in texts(name, ".externalAuthIdentityProvider-meta.xml").items():
        assert "<parameterName>PkceEnabled</parameterName>" in text, path


@each_set
def test_a_row_of_tokens_is_small_where_the_tokens_are(name: str) -> None:
    """Storage of settings is counted by declared lengths (Help, Custom Settings Limits)."""
    rows: dict[str, int] = {}
    for path, text in texts(name, ".field-meta.xml").items():
        if "Token__c/" in path:
            found = path.split("/")[-3]
            length = re.search(r"<length>(\d+)</length>", text)
            rows[found] = rows.get(found, 0) + (int(length[1]) if length else 8)
    for found, size in rows.items():
        assert size <= (4_100 if "Long" in found else 1_400), (found, size)


@each_set
def test_our_exceptions_are_one_family(name: str) -> None:
    """Only the text of these reaches a browser."""
    for path, text in texts(name, ".cls").items():
        for own, parent in re.findall(r"class (\w+Exception) extends (\w+)", text):
            assert parent != "Exception" or path.endswith(f"/{own}.cls"), (path, own)
