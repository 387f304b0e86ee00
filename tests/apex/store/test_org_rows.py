from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sfgen.apex.opening import admin_user, open_org
from sfgen.apex.runtime.execution import Execution, enter
from sfgen.apex.runtime.values import ApexException, SObject
from sfgen.apex.terms.access_mode import DmlOptions
from sfgen.errors import ProjectError

if TYPE_CHECKING:
    from pathlib import Path

OBJECT = b"""<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
    <label>Car</label><pluralLabel>Cars</pluralLabel><sharingModel>ReadWrite</sharingModel>
    <nameField><label>Plate</label><type>Text</type></nameField>
    <fields><fullName>Colour__c</fullName><label>Colour</label><type>Picklist</type>
        <valueSet><valueSetName>Colours</valueSetName></valueSet></fields>
    <fields><fullName>Place__c</fullName><label>Place</label><type>Location</type><scale>4</scale></fields>
</CustomObject>"""
COLOURS = b"""<GlobalValueSet xmlns="http://soap.sforce.com/2006/04/metadata">
    <customValue><fullName>Red</fullName><default>true</default><label>Red</label></customValue>
    <customValue><fullName>Blue</fullName><default>false</default><label>Blue</label></customValue>
</GlobalValueSet>"""
FILES = {
    "force-app/objects/Car__c.object": OBJECT,
    "force-app/globalValueSets/Colours.globalValueSet-meta.xml": COLOURS,
}


def car(**fields: Any) -> SObject:
    return SObject("Car__c", fields.items())


def test_an_object_in_metadata_format_is_read_whole() -> None:
    schema = open_org(FILES).schema
    colour = schema["car__C"].find("colour__c")
    assert colour is not None
    assert [each.value for each in colour.picklist] == ["Red", "Blue"]
    assert colour.restricted
    assert schema["Car__c"].find("Place__Latitude__s") is not None
    assert schema.find("Car__Share") is not None


def test_metadata_that_is_not_xml_is_a_fault_of_the_project() -> None:
    with pytest.raises(ProjectError, match=r"Car__c\.object is not well-formed XML"):
        open_org({"objects/Car__c.object": b"<CustomObject>"})


def test_an_org_in_a_file_keeps_its_rows_and_goes_on_counting(tmp_path: Path) -> None:
    path = str(tmp_path / "org.sqlite")
    first = open_org(FILES, path=path)
    with enter(Execution(database=first, user=admin_user(first))):
        one = car(name="A")
        first.insert([one], DmlOptions())
    first.store.connection.close()
    second = open_org(FILES, path=path)
    with enter(Execution(database=second, user=admin_user(second))):
        two = car(name="B")
        second.insert([two], DmlOptions())
        names = [
            row.fields["name"] for row in second.query("SELECT Name FROM Car__c ORDER BY Name")
        ]
    assert names == ["A", "B"]
    assert one.fields["id"] != two.fields["id"]
    second.store.connection.close()


def test_distances_are_filtered_and_ordered() -> None:
    database = open_org(FILES)
    with enter(Execution(database=database, user=admin_user(database))):
        near = car(name="near", place__latitude__s=48.2, place__longitude__s=16.37)
        far = car(name="far", place__latitude__s=40.7, place__longitude__s=-74.0)
        database.insert([far, near], DmlOptions())
        rows = database.query(
            "SELECT Name FROM Car__c WHERE DISTANCE(Place__c, GEOLOCATION(48.0, 16.0), 'km') < 100"
        )
    assert [row.fields["name"] for row in rows] == ["near"]


def test_large_lists_of_values_are_compared_in_one_query() -> None:
    database = open_org(FILES)
    with enter(Execution(database=database, user=admin_user(database))):
        database.insert([car(name=f"car {n}") for n in range(300)], DmlOptions())
        names = [f"CAR {n}" for n in range(0, 300, 2)]
        rows = database.query("SELECT Id FROM Car__c WHERE Name IN :names", {"names": names})
    assert len(rows) == 150


def test_hostile_text_stays_text() -> None:
    database = open_org(FILES)
    hostile = 'x\'); DROP TABLE "car__c"; --'
    with enter(Execution(database=database, user=admin_user(database))):
        database.insert([car(name=hostile)], DmlOptions())
        rows = database.query("SELECT Name FROM Car__c WHERE Name = :n", {"n": hostile})
        assert [row.fields["name"] for row in rows] == [hostile]
        with pytest.raises(ApexException, match="unexpected"):
            database.query(f"SELECT Name FROM Car__c WHERE Name = '{hostile}'")  # noqa: S608 - on purpose


def test_a_failed_call_leaves_nothing_behind() -> None:
    database = open_org(FILES)
    with enter(Execution(database=database, user=admin_user(database))):
        with pytest.raises(ApexException, match="bad value for restricted picklist field: Pink"):
            database.insert([car(name="A"), car(colour__c="Pink")], DmlOptions())
        assert database.count("SELECT COUNT() FROM Car__c") == 0
        results = database.insert([car(name="A"), car(colour__c="Pink")], DmlOptions().partial())
        assert [each.success for each in results] == [True, False]
        assert database.count("SELECT COUNT() FROM Car__c") == 1


def test_the_projects_apps_are_menu_items() -> None:
    app = b"""<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata">
        <label>Cars and more</label></CustomApplication>"""
    database = open_org({**FILES, "force-app/applications/Cars.app-meta.xml": app})
    (row,) = database.store.rows_where(database.schema["AppMenuItem"], "1", [])
    assert (row["name"], row["label"], row["type"]) == ("Cars", "Cars and more", "TabSet")
    assert row["applicationid"]


def test_list_views_reports_and_templates_of_the_project_are_rows() -> None:
    view = b"<ListView><fullName>All</fullName><label>All cars</label></ListView>"
    report = b"<Report><name>Cars by colour</name><format>Summary</format></Report>"
    template = (
        b"<EmailTemplate><available>true</available><name>Hello</name><subject>Hi</subject>"
        b"<type>text</type></EmailTemplate>"
    )
    files = {
        **FILES,
        "force-app/objects/Car__c/listViews/All.listView-meta.xml": view,
        "force-app/reports/Cars/By_Colour.report-meta.xml": report,
        "force-app/email/Cars/Hello_Car.email-meta.xml": template,
    }
    database = open_org(files)
    with enter(Execution(database=database, user=admin_user(database))):
        views = database.query("SELECT Name FROM ListView WHERE SobjectType = 'Car__c'", {})
        reports = database.query("SELECT Name FROM Report WHERE DeveloperName = 'By_Colour'", {})
        templates = database.query("SELECT Subject FROM EmailTemplate WHERE IsActive = true", {})
    assert [row.fields["name"] for row in views] == ["All cars"]
    assert [row.fields["name"] for row in reports] == ["Cars by colour"]
    assert [row.fields["subject"] for row in templates] == ["Hi"]
