"""Ids, keys, collections and the transaction."""

from __future__ import annotations

import decimal

import pytest

from sfgen.apex.runtime.exceptions import ApexException, raise_apex
from sfgen.apex.runtime.execution import Execution, Governor, current, enter
from sfgen.apex.runtime.ids import id_of, is_id, long_id
from sfgen.apex.runtime.statics import Statics
from sfgen.apex.runtime.values import ApexList, ApexMap, ApexSet, Blob, Long, key_of


def test_an_id_gets_its_check_suffix() -> None:
    assert long_id("001D000000IqhSL") == "001D000000IqhSLIAZ"
    assert id_of("001D000000IqhSL") == "001D000000IqhSLIAZ"
    assert is_id("001D000000IqhSLIAZ")
    assert id_of(None) is None


def test_keys_tell_types_apart() -> None:
    values = [1, Long(1), 1.0, decimal.Decimal(1), True, "1", None, Blob(b"1")]
    assert len(ApexSet(values)) == len(values)
    assert key_of(decimal.Decimal("1.0")) != key_of(decimal.Decimal("1.00"))
    assert key_of(ApexList([1, 2])) == key_of(ApexList([1, 2]))
    assert key_of(ApexList([1, 2])) != key_of(ApexList([2, 1]))


def test_collections_keep_the_order_of_insertion() -> None:
    assert list(ApexSet(["b", "a", "b", "c"])) == ["b", "a", "c"]
    known = ApexMap([("b", 1), ("a", 2), ("b", 3)])
    assert list(known.pairs()) == [("b", 3), ("a", 2)]
    assert known.remove("b") == 3
    assert known.get("b") is None


@pytest.mark.parametrize("made", [ApexList([1]), ApexSet([1]), ApexMap([(1, 1)])])
def test_a_collection_refuses_changes_while_it_is_iterated(made: ApexList) -> None:
    made.guard()
    made.iterating = 1
    with pytest.raises(ApexException, match="Cannot modify a collection"):
        made.guard()
    made.iterating, made.read_only = 0, True
    with pytest.raises(ApexException, match="Collection is read-only"):
        made.guard()


def test_the_governor_names_the_first_forbidden_count() -> None:
    governor = Governor()
    governor.count("queries", 100)
    with pytest.raises(ApexException, match="Too many SOQL queries: 101") as raised:
        governor.count("queries")
    assert not raised.value.catchable


def test_the_current_transaction_ends_with_its_block() -> None:
    with enter(Execution()) as outer:
        with enter(Execution()) as inner:
            assert current() is inner
        assert current() is outer
    with pytest.raises(LookupError):
        current()


def test_statics_start_at_first_use_and_start_over() -> None:
    started: list[Statics] = []

    def start() -> None:
        statics.f_a = (statics.f_b or 0) + 1
        statics.f_b = 5

    statics = Statics(["f_a", "f_b"], {}, start, started)
    assert not started
    assert (statics.f_a, statics.f_b) == (1, 5)
    statics.f_b = 9
    statics.forget()
    assert statics.f_b == 5
    assert len(started) == 2


def test_a_platform_exception_names_its_type() -> None:
    failure = raise_apex("System.MathException", "Divide by 0")
    assert str(failure) == "System.MathException: Divide by 0"
    assert raise_apex("DmlException").text == "Script-thrown exception"
