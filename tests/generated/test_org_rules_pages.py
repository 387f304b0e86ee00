"""Pages, apps, tabs, sites, code and manifest obey what an org demands of them."""

from __future__ import annotations

import fnmatch
import json
import re
from collections import Counter

import pytest
from rendered import SOURCE, Rendered, all_projects, is_true, parse

PROJECTS = [pytest.param(project, id=str(i)) for i, project in enumerate(all_projects())]
each_project = pytest.mark.parametrize("project", PROJECTS)

#: Since which API version a type is there (MDREF, "Version" of each type).
SINCE = {"externalAuthIdentityProviders": 62.0, "externalCredentials": 56.0}
#: Documented pairs of MDREF CustomTab.motif that the tabs may use.
MOTIFS = {
    "Custom18: Form",
    "Custom19: Wrench",
    "Custom20: Airplane",
    "Custom22: Telephone",
    "Custom23: Envelope",
    "Custom23: Mail",
}
#: Longest texts that an org takes (Object Reference of each type; MDREF).
LENGTHS = {
    ("permissionsets", "label"): 80,
    ("permissionsets", "description"): 255,
    ("applications", "label"): 40,
    ("applications", "description"): 255,
    ("flexipages", "masterLabel"): 80,
    ("tabs", "label"): 40,
    ("customPermissions", "label"): 80,
    ("cspTrustedSites", "description"): 255,
    ("remoteSiteSettings", "description"): 255,
    ("namedCredentials", "label"): 80,
    ("externalCredentials", "label"): 80,
    ("objects", "label"): 40,
    ("objects", "pluralLabel"): 40,
}


@each_project
def test_a_home_page_is_a_tab_and_a_record_page_is_viewed(project: Rendered) -> None:
    """MDREF AppActionOverride: standard-home goes with Tab, an object with View."""
    pages = dict(project.trees("flexipages"))
    for _, root in project.trees("applications"):
        for entry in root.findall("actionOverrides"):
            target, action = entry.findtext("pageOrSobjectType"), entry.findtext("actionName")
            assert action == ("Tab" if target == "standard-home" else "View")
            page = pages[entry.findtext("content") or ""]
            kind = page.findtext("type")
            assert kind == ("HomePage" if target == "standard-home" else "RecordPage")
            assert page.findtext("sobjectType") == (None if kind == "HomePage" else target)


@each_project
def test_pages_hold_components_that_know_them(project: Rendered) -> None:
    """LWC guide, targets: exposed, with the page's target; sf-skills: identifiers once each."""
    bundles = {name.lower(): root for name, root in project.trees("lwc", ".js-meta.xml")}
    target = {"HomePage": "HomePage", "RecordPage": "RecordPage", "UtilityBar": "UtilityBar"}
    for name, root in project.trees("flexipages"):
        named = Counter(item.findtext("identifier") for item in root.iter("componentInstance"))
        assert [n for n, count in named.items() if count > 1] == [], name
        regions = Counter(region.findtext("name") for region in root.findall("flexiPageRegions"))
        assert [n for n, count in regions.items() if count > 1] == [], name
        for item in root.iter("componentInstance"):
            component = (item.findtext("componentName") or "").lower()
            bundle = bundles.get(component.rpartition("__")[2].removeprefix("c:"))
            if bundle is None:
                continue
            targets = {entry.text for entry in bundle.iter("target")}
            assert is_true(bundle, "isExposed"), (name, component)
            assert f"lightning__{target[root.findtext('type') or '']}" in targets, (name, component)


@each_project
def test_tabs_name_one_content_and_a_documented_motif(project: Rendered) -> None:
    """MDREF CustomTab: Custom22 is Telephone and Custom23 Envelope or Mail."""
    for name, root in project.trees("tabs"):
        kinds = [
            k
            for k in ("customObject", "lwcComponent", "flexiPage", "page", "url")
            if root.find(k) is not None
        ]
        assert len(kinds) == 1, name
        assert root.findtext("motif") in MOTIFS, name
        if kinds != ["customObject"]:
            assert root.find("label") is not None, name


@each_project
def test_texts_are_no_longer_than_an_org_takes(project: Rendered) -> None:
    """Object Reference of each type: ``data value too large (max length=n)``."""
    for (folder, element), most in LENGTHS.items():
        for name, root in project.trees(folder):
            assert len(root.findtext(element) or "") <= most, (folder, name, element)
    for _, root in project.trees("labels"):
        names = Counter(label.findtext("fullName") for label in root.findall("labels"))
        assert [n for n, count in names.items() if count > 1] == []
        for label in root.findall("labels"):
            assert len(label.findtext("shortDescription") or "") <= 80
            assert len(label.findtext("value") or "") <= 1000
    for path, content in project.files.items():
        if "/staticresources/" in path:
            assert len(content) < 5_000_000, path
        if path.endswith((".cls", ".trigger", ".page")):
            assert len(path.rpartition("/")[2].split(".")[0]) <= 40, path


@each_project
def test_trusted_urls_are_https_or_wss_and_of_use(project: Rendered) -> None:
    """MDREF CspTrustedSite: endpointUrl is https or wss; one isApplicable flag at least (59.0)."""
    for name, root in project.trees("cspTrustedSites"):
        url = root.findtext("endpointUrl") or ""
        assert re.fullmatch(r"(https|wss)://[a-z0-9.-]+(:[1-9][0-9]*)?(/[^\s?#]*)?", url), (
            name,
            url,
        )
        flags = [child for child in root if str(child.tag).startswith("isApplicable")]
        assert any(flag.text == "true" for flag in flags), name


@each_project
def test_no_type_and_no_version_is_newer_than_the_project(project: Rendered) -> None:
    """MDREF, "available in API version"; sfdx-hardis tip: an apiVersion above the org's."""
    version = json.loads(project.text("sfdx-project.json"))["sourceApiVersion"]
    for folder, since in SINCE.items():
        if any(path.startswith(SOURCE) and f"/{folder}/" in path for path in project.files):
            assert float(version) >= since, folder
    for path, content in project.files.items():
        if path.endswith("-meta.xml") and b"<apiVersion>" in content:
            assert parse(content).findtext("apiVersion") == version, path


@each_project
def test_the_manifest_names_each_type_of_the_package_directory(project: Rendered) -> None:
    """sf CLI reference, --manifest: what isn't named isn't deployed, and nobody says so."""
    root = parse(project.files["manifest/package.xml"])
    named = {entry.findtext("name") for entry in root.findall("types")}
    for folder, kind in {
        "triggers": "ApexTrigger",
        "remoteSiteSettings": "RemoteSiteSetting",
        "namedCredentials": "NamedCredential",
        "externalCredentials": "ExternalCredential",
        "externalAuthIdentityProviders": "ExternalAuthIdentityProvider",
        "classes": "ApexClass",
        "pages": "ApexPage",
        "aura": "AuraDefinitionBundle",
        "permissionsets": "PermissionSet",
        "cspTrustedSites": "CspTrustedSite",
    }.items():
        there = any(path.startswith(SOURCE) and f"/{folder}/" in path for path in project.files)
        assert (kind in named) == there, kind


@each_project
def test_protected_settings_can_go_live(project: Rendered) -> None:
    """Salesforce Help cs_schema_settings: production takes them from a managed package alone."""
    data = json.loads(project.text("sfdx-project.json"))
    entries = data.get("replacements", [])
    assert [entry["path"] for entry in data["packageDirectories"]] == ["force-app"]
    for name, root in project.objects().items():
        if root.find("customSettingsType") is None:
            continue
        assert root.findtext("visibility") == "Protected", name
        path = project.find(f"/objects/{name}/{name}.object-meta.xml")
        matching = [entry for entry in entries if fnmatch.fnmatch(path, f"*/{entry['glob']}")]
        assert len(matching) == (0 if data["namespace"] else 1), name
        for entry in matching:
            text = project.text(path)
            replaced = re.sub(entry["regexToReplace"], "Public", text)
            assert parse(replaced.encode()).findtext("visibility") == "Public"
            assert replaced.count("Public") == text.count("Public") + 1


@each_project
def test_a_managed_package_names_what_runs_after_an_installation(project: Rendered) -> None:
    """2GP guide: postInstallScript names a class that implements InstallHandler."""
    data = json.loads(project.text("sfdx-project.json"))
    (entry,) = data["packageDirectories"]
    if not data["namespace"]:
        assert "package" not in entry
        return
    assert re.fullmatch(r"\d+\.\d+\.\d+\.NEXT", entry["versionNumber"])
    text = project.text(project.find(f"/classes/{entry['postInstallScript']}.cls"))
    assert "implements InstallHandler" in text


@each_project
def test_readme_tells_the_truth_of_the_answers_given(project: Rendered) -> None:
    """Who may listen to a channel, and what is left to do by hand after a deploy."""
    readme, answers = project.text("README.md"), project.answers
    everybody = "only for a user who may see the record behind it"
    if answers.get("authorization") in ("none", "external"):
        assert everybody not in readme
    if answers.get("channels") == "public":
        assert "is public**: whoever knows the app key" in readme
    if answers.get("bridge") != "direct":
        assert "Trusted Domains for Inline Frames" in readme
    if answers.get("login") == "named-credential":
        assert "enter the client id and the client secret" in readme
    keeps_texts = answers.get("widgets") != "none" and answers.get("store", "objects") == "objects"
    assert ("Salesforce API Integration" in readme) == keeps_texts
    if keeps_texts:
        assert f"{project.prefix}TestData.insertRecord" in readme
    if answers.get("beams") == "yes":
        assert "Remote Site Settings" in readme
    assert "--source-dir force-app" in readme
    assert "Deployment Settings" in readme
    assert f"both\n   `{project.prefix}Admin` and `{project.prefix}User`" in readme
    assert ("CUSTOM_SETTING_VISIBILITY=Public" in readme) == (not answers.get("namespace"))
    assert ("sf package version promote" in readme) == bool(answers.get("namespace"))
    assert "ws://" not in readme
