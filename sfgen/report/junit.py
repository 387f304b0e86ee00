"""JUnit XML, as pipelines show it: suites of cases, each passed, failed or skipped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

#: XML 1.0 allows no other characters below a blank (section 2.2).
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Case:
    """One test case; ``failure`` or ``skipped`` says why it did not pass."""

    class_name: str
    name: str
    seconds: float = 0.0
    failure: str | None = None
    detail: str = ""
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """A named group of cases."""

    name: str
    cases: Sequence[Case]


def write_junit(suites: Sequence[Suite]) -> bytes:
    """Write the suites as one document."""
    root = etree.Element("testsuites")
    for suite in suites:
        failed = sum(1 for case in suite.cases if case.failure is not None)
        skipped = sum(1 for case in suite.cases if case.skipped is not None)
        element = etree.SubElement(
            root,
            "testsuite",
            name=_clean(suite.name),
            tests=str(len(suite.cases)),
            failures=str(failed),
            skipped=str(skipped),
            errors="0",
            time=f"{sum(case.seconds for case in suite.cases):.3f}",
        )
        for case in suite.cases:
            _add_case(element, case)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _add_case(suite: etree._Element, case: Case) -> None:
    element = etree.SubElement(
        suite,
        "testcase",
        classname=_clean(case.class_name),
        name=_clean(case.name),
        time=f"{case.seconds:.3f}",
    )
    if case.failure is not None:
        failure = etree.SubElement(element, "failure", message=_clean(case.failure))
        failure.text = _clean(case.detail)
    elif case.skipped is not None:
        etree.SubElement(element, "skipped", message=_clean(case.skipped))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
