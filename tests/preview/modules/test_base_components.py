"""The preview's base components beside Salesforce's published ones, attribute by attribute."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from base_components import ORIGINALS, Components, list_stand_ins

from sfgen.preview.modules.component_modules import LIGHTNING, lightning_modules

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not ORIGINALS.is_dir(), reason="npm's package is not installed"),
]

#: What runs nowhere but in an org, and what this machine's engine can't make.
DIALOGS = {"alert", "confirm"}
NOT_RUN = {*DIALOGS, "navigation"}
#: Modules of the platform that the package doesn't hold, and three of the preview's own.
SERVICES = {
    "messageService",
    "platformResourceLoader",
    "platformShowToastEvent",
    "platformUtilityBarApi",
    "refresh",
    "uiRecordApi",
}
OWN = {"buttonElement", "fieldElement", "iconSprite", "normalization"}
#: HTML's own, which every element has.
GLOBAL = {"dir", "draggable", "hidden", "id", "lang", "role", "spellcheck", "tabIndex", "accessKey"}
VALUES: tuple[Any, ...] = (
    None,
    {"special": "undefined"},
    "",
    "true",
    "false",
    True,
    False,
    0,
    5,
    -1,
    {"special": "NaN"},
    " Small ",
    "two words",
    "2026-11-30T07:39:34.642Z",
    {"special": "Date", "of": 1_764_488_374_642},
    {"special": "object"},
    [],
)
#: Its list box needs what synthetic shadow has not (attachInternals), so that it is not drawn.
UNDRAWN = {"combobox"}
#: What becomes of it is decided when a picture has come, or hasn't.
LATE = {("avatar", "src")}
#: Texts that differ on purpose, with the reason.
OTHER_TEXT = {
    # An org's words are those of its Aura framework, which the package replaces by others.
    ("relativeDateTime", "value"),
    # The menu of tabs that have no room stands behind the tabs here.
    ("tabset", "*"),
    # The calendar and the clock are the browser's.
    ("input", "type"),
    # The original puts the label again before the help text, for those who hear it.
    ("input", "fieldLevelHelp"),
    ("textarea", "fieldLevelHelp"),
    ("textarea", "value"),
    # An ISO date is nothing that a time, a number or a duration would be made of.
    ("formattedTime", "value"),
}
FACTS = ("disabled", "readonly", "required", "maxlength", "minlength", "placeholder", "target")


@pytest.fixture(scope="module")
def sides(browser: Any) -> Iterator[tuple[Components, Components]]:
    """Salesforce's components and the preview's, each on a page of its own."""
    context = browser.new_context()
    both = Components(context.new_page(), ORIGINALS), Components(context.new_page(), LIGHTNING)
    yield both
    for side in both:
        side.close()
    context.close()


def test_every_module_is_one_of_salesforces_or_named_here() -> None:
    assert set(lightning_modules()) == {*list_stand_ins(), *SERVICES, *OWN}


def own(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in properties.items()
        if name not in GLOBAL and not name.startswith("aria")
    }


@pytest.mark.parametrize("name", [one for one in list_stand_ins() if one not in NOT_RUN])
def test_a_component_has_the_attributes_and_defaults_of_the_original(
    sides: tuple[Components, Components], name: str
) -> None:
    original, ours = (own(side.list_properties(name)) for side in sides)
    generated = {"name"} if name == "radioGroup" else set()
    asked = {"validity"} | generated
    assert {key for key in original if key not in ours} == set(), "attributes are missing"
    assert {key: ours[key] for key in original if key not in asked} == {
        key: value for key, value in original.items() if key not in asked
    }


@pytest.mark.parametrize("name", [one for one in list_stand_ins() if one not in NOT_RUN])
def test_each_attribute_takes_what_the_original_takes(
    sides: tuple[Components, Components], name: str
) -> None:
    original, ours = sides
    cases = [
        {"key": key, "value": value}
        for key, default in own(original.list_properties(name)).items()
        if default != "method" and key != "validity" and (name, key) not in LATE
        for value in VALUES
    ]
    both = (original.try_values(name, cases), ours.try_values(name, cases))
    compared = [
        (case, pick(name, case, there), pick(name, case, here))
        for case, there, here in zip(cases, *both, strict=True)
    ]
    assert [
        f"{case['key']}={json.dumps(case['value'])}: {there} there, {here} here"
        for case, there, here in compared
        if there != here
    ] == []


def pick(name: str, case: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Pick what must be the same."""
    if name in UNDRAWN:
        return {"read": found.get("read")}
    picked = {key: found.get(key) for key in ("thrown", "read", "host")}
    if not {(name, case["key"]), (name, "*")} & OTHER_TEXT:
        picked["text"] = found.get("text")
    return picked


#: What stands together, and what the controls of both are compared by.
SCENES: dict[str, list[dict[str, Any]]] = {
    "button": [{"label": "Go", "disabled": "false"}, {"label": "Go", "variant": "brand"}],
    "card": [
        {"title": "T"},
        {"label": "L"},
        {"title": "T", "label": "L", "hideHeader": True},
        {"title": "T", "iconName": "standard:account", "variant": "narrow"},
    ],
    "formattedDateTime": [
        {"value": value, **options}
        for value in ("2026-11-30T07:39:34.642Z", "2026-11-30", 1_764_488_374_642, "1764488374642")
        for options in (
            {},
            {"dateStyle": "short"},
            {"dateStyle": "long"},
            {"hour": "2-digit", "minute": "2-digit"},
            {"hour": "2-digit", "minute": "2-digit", "hour12": "false"},
            {"hour": "2-digit", "minute": "2-digit", "hour12": False},
            {"weekday": "long"},
            {"timeZone": "Europe/Berlin", "hour": "numeric"},
        )
    ],
    "formattedNumber": [
        {"value": value, **options}
        for value in (1234.5678, "12", " 12 ", -0.5, "1e3")
        for options in (
            {},
            {"formatStyle": "currency"},
            {"formatStyle": "currency", "currencyCode": "EUR", "currencyDisplayAs": "code"},
            {"formatStyle": "percent"},
            {"formatStyle": "percent-fixed"},
            {"formatStyle": "nonsense"},
            {"minimumFractionDigits": "2", "maximumFractionDigits": "2"},
            {"maximumSignificantDigits": 3},
        )
    ],
    "formattedText": [
        {"value": value, "linkify": linkify}
        for value in ("a\nb", "see https://x.example/a. ok", "write to a@b.example", 5)
        for linkify in (False, True, "false")
    ],
    "formattedTime": [{"value": value} for value in ("10:12:30.123Z", "10:12", "22:05:09", "no")],
    "formattedUrl": [
        {"value": value}
        for value in ("x.example", "https://x.example/", "/a", "mailto:a@b", "javascript:alert(1)")
    ],
    "icon": [
        {"iconName": value}
        for value in ("utility:down", "standard:account", "action:new", "doctype:pdf", "no", "")
    ],
    "input": [
        {"label": "L", "required": True, "type": kind}
        for kind in ("text", "password", "search", "checkbox", "toggle", "tel", "url")
    ]
    + [{"label": "L", "variant": value} for value in ("label-inline", "label-stacked", "nonsense")]
    + [{"label": "L", "disabled": "false", "readOnly": "", "maxLength": 5, "placeholder": "p"}],
    "layoutItem": [
        {"size": 6},
        {"size": "4", "padding": "around-small", "flexibility": "auto"},
        {"padding": "horizontal-small", "alignmentBump": "left"},
        {"flexibility": "auto, no-flex"},
        {"smallDeviceSize": 6},
        {"size": 13},
    ],
    "layout": [
        {"horizontalAlign": "SPREAD", "verticalAlign": "center"},
        {"multipleRows": "false", "pullToBoundary": "small"},
    ],
    "menuItem": [{"label": "A", "checked": "true"}, {"label": "A", "href": "https://x.example"}],
    "pill": [{"label": "P"}, {"label": "P", "href": "/x"}],
    "textarea": [{"label": "L", "disabled": "false", "maxLength": 5, "placeholder": "p"}],
}


@pytest.mark.parametrize("name", SCENES)
def test_what_is_shown_is_what_the_original_shows(
    sides: tuple[Components, Components], name: str
) -> None:
    cases = [{"base": scene} for scene in SCENES[name]]
    original, ours = (side.try_values(name, cases) for side in sides)
    for scene, there, here in zip(SCENES[name], original, ours, strict=True):
        assert show(here) == show(there), scene


def show(found: dict[str, Any]) -> dict[str, Any]:
    if found["thrown"]:
        return {"thrown": True}
    controls = [
        {fact: control[fact] for fact in ("tag", "href", *FACTS) if fact in control}
        for control in found["controls"]
        if control["tag"] not in {"time", "abbr"}
    ]
    return {"text": found["text"], "host": found["host"], "controls": controls}


@pytest.mark.parametrize("name", ["input", "textarea"])
def test_a_field_that_must_be_filled_is_told_as_in_the_original(
    sides: tuple[Components, Components], name: str
) -> None:
    cases = [
        {"base": {"label": "L", "required": True}, "validate": True},
        {"base": {"label": "L", "required": True, "value": "a"}, "validate": True},
        {
            "base": {"label": "L", "required": True, "messageWhenValueMissing": "Write."},
            "validate": True,
        },
    ]
    original, ours = (side.try_values(name, cases) for side in sides)
    for there, here in zip(original, ours, strict=True):
        facts = ("valid", "reported", "host")
        assert {fact: here[fact] for fact in facts} == {fact: there[fact] for fact in facts}
        # The original says the label once more, for those who hear the error.
        assert there["text"].replace("LL", "L").removesuffix("a") == here["text"]


#: As an org says it: Aura's words for a length of time (real ones, from its own locale files).
LENGTHS = [
    (0, "a few seconds"),
    (44, "a few seconds"),
    (50, "a minute"),
    (5 * 60, "5 minutes"),
    (44 * 60, "44 minutes"),
    (50 * 60, "an hour"),
    (5 * 3600, "5 hours"),
    (23 * 3600, "a day"),
    (10 * 86_400, "10 days"),
    (27 * 86_400, "a month"),
    (100 * 86_400, "3 months"),
    (340 * 86_400, "a year"),
    (800 * 86_400, "2 years"),
]


def test_a_relative_time_is_said_as_in_an_org(sides: tuple[Components, Components]) -> None:
    ours = sides[1]
    shown = ours.try_values(
        "relativeDateTime", [{"base": {"value": {"ago": seconds}}} for seconds, _ in LENGTHS]
    )
    assert [one["text"] for one in shown] == [f"{words} ago" for _, words in LENGTHS]


@pytest.mark.parametrize(
    "value", ["2026-11-30T07:39:34.642Z", "2026-11-30", "nonsense", {"special": "NaN"}]
)
def test_what_is_no_timestamp_and_no_date_is_an_invalid_date(
    sides: tuple[Components, Components], value: Any
) -> None:
    (shown,) = sides[1].try_values("relativeDateTime", [{"base": {"value": value}}])
    assert shown["text"] == "Invalid date"


@pytest.mark.parametrize("value", [None, {"special": "undefined"}, ""])
def test_no_time_is_nothing(sides: tuple[Components, Components], value: Any) -> None:
    (shown,) = sides[1].try_values("relativeDateTime", [{"base": {"value": value}}])
    assert shown["text"] == ""


@pytest.mark.parametrize("name", sorted(DIALOGS))
def test_a_dialog_is_opened_by_its_class(sides: tuple[Components, Components], name: str) -> None:
    assert [side.has_static(name, "open") for side in sides] == [True, True]
