from __future__ import annotations

import pytest

from sfgen.apex.schema.standard import label_of, read_line, standard_objects

OBJECTS = {each.name: each for each in standard_objects()}


def test_every_reference_names_an_object_of_the_table() -> None:
    missing = {
        (owner.name, field.name, parent)
        for owner in OBJECTS.values()
        for field in owner.fields.values()
        for parent in field.reference_to
        if parent not in OBJECTS
    }
    assert missing == set()


def test_key_prefixes_are_unique() -> None:
    prefixes = [each.prefix for each in OBJECTS.values()]
    assert len(prefixes) == len(set(prefixes))
    assert (OBJECTS["Account"].prefix, OBJECTS["User"].prefix) == ("001", "005")


def test_child_relationships_of_one_parent_have_names_of_their_own() -> None:
    seen: dict[tuple[str, str], str] = {}
    for owner in OBJECTS.values():
        for field in owner.fields.values():
            for parent in field.reference_to:
                if field.child_relationship and len(field.reference_to) == 1:
                    key = parent, field.child_relationship.lower()
                    assert seen.setdefault(key, f"{owner.name}.{field.name}") == (
                        f"{owner.name}.{field.name}"
                    )


def test_usual_fields_have_the_platforms_shape() -> None:
    account, contact = OBJECTS["Account"], OBJECTS["Contact"]
    assert account.fields["name"].length == 255
    assert account.fields["name"].required
    assert account.fields["annualrevenue"].precision == 18
    assert contact.fields["name"].createable is False
    assert contact.fields["accountid"].child_relationship == "Contacts"
    assert account.fields["shippingstreet"].compound == "ShippingAddress"
    assert OBJECTS["Case"].name_field is OBJECTS["Case"].fields["casenumber"]
    assert OBJECTS["Lead"].fields["status"].default == "'Open - Not Contacted'"


@pytest.mark.parametrize(
    ("name", "label"),
    [("AccountNumber", "Account Number"), ("CreatedById", "Created By ID"), ("Fax", "Fax")],
)
def test_labels_follow_from_names(name: str, label: str) -> None:
    assert label_of(name) == label


def test_a_line_out_of_form_is_refused() -> None:
    with pytest.raises(ValueError, match="not a field"):
        read_line("Name wrong255")
