"""Objects of the platform that are not described here."""

from __future__ import annotations

import pytest

from sfgen.apex.runtime.exceptions import Unsupported
from sfgen.apex.schema.known_objects import is_known_object, refuse_unbuilt


@pytest.mark.parametrize("name", ["PlatformEventUsageMetric", "platformeventusagemetric"])
def test_an_object_of_the_platform_is_unsupported(name: str) -> None:
    with pytest.raises(Unsupported, match="of the platform"):
        refuse_unbuilt(name)


@pytest.mark.parametrize("name", ["Acount", "NoSuchObject", "Thing__c"])
def test_an_unknown_name_is_left_to_the_platform_s_own_message(name: str) -> None:
    refuse_unbuilt(name)
    assert not is_known_object(name)
