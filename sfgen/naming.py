"""Salesforce's rules for names.

Sources: Metadata API developer guide (fullName: letters, digits and underscores, first a letter,
no underscore at the end, no two in a row); Apex developer guide, "Reserved keywords"; Second-
generation packaging guide, "Create and register your namespace" (1-15 alphanumeric characters).
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

#: Longest name of an Apex class, page or custom object that this project generates.
NAME_LIMIT = 40
NAMESPACE_LIMIT = 15

#: Apex keywords and reserved words (Apex developer guide, "Reserved keywords"), lower case.
APEX_RESERVED = frozenset(
    """abstract activate and any array as asc autonomous begin bigdecimal blob boolean break bulk
    by byte case cast catch char class collect commit const continue currency date datetime decimal
    default delete desc do double else end enum exception exit export extends false final finally
    float for from global goto group having hint if implements import in inner insert instanceof
    int integer interface into join like limit list long loop map merge new not null nulls number
    object of on or outer override package parallel pragma private protected public retrieve return
    rollback select set short sobject sort static string super switch synchronized system
    testmethod then this throw time transaction trigger true try undelete update upsert using
    virtual void webservice when where while""".split()
)

#: Names that start a platform namespace or that Windows keeps for itself, lower case.
PLATFORM_NAMES = frozenset(
    "apex apexpages c canvas chatter connectapi database dom flow lightning lwc reports schema "
    "site standard system test ui visualforce".split()
)
#: Stems of the platform's ``...Exception`` classes (Apex reference, "Exception class and built-in
#: exceptions"), lower case: a class of that name would hide the platform's.
EXCEPTION_STEMS = frozenset(
    """assert async aurahandled bigobject calendar callout dataweave dml duplicatemessage email
    externalobject fatalcursor final flow formulaevaluation formulavalidation handled
    illegalargument invalidheader invalidparametervalue invalidread json licensing limit list math
    noaccess nodatafound nosuchelement nullpointer procedure query
    requiredfeaturemissing search security serialization sobject string touchhandled transientcursor
    type unexpected unsupportedoperation visualforce xml""".split()
)
_DEVICES = [f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)]
WINDOWS_NAMES = frozenset(["con", "prn", "aux", "nul", *_DEVICES])

#: Folders inside which Salesforce's tools take every file for a part of one metadata type, in lower
#: case (source-deploy-retrieve, "strictDirectoryName"); a test keeps it true.
STRICT_FOLDERS = frozenset(
    """accesscontrolpolicies actionableeventorchdefsettings actionableeventtypedefsettings
    aiagentdefinitionversions aiauthoringbundles appointmentassignmentpolicies
    appointmentschedulingpolicies apptemplates aura botblocks bots bottemplates contenttypes
    documents emailservices experiencepropertytypebundles experiences fieldrestrictionrules
    genaifunctions genaiplannerbundles industriesmanufacturingsettings integartifactdefs
    integrationhub lightningtypes lwc mktdatasources objecthierarchyrelationship objects
    objecttranslations restrictionrules sitedotcomsites sites staticresources uibundles uiwidgets
    wavetemplates""".split()
)
#: Folders that git, Prettier, Jest or a deploy leave out, wherever they stand.
_LEFT_OUT = frozenset(["node_modules", "__tests__", "coverage"])

_API_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_FOLDER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


def explain_api_name(name: str, *, limit: int = NAME_LIMIT) -> str | None:
    """Say why a text can't be a Salesforce API name, or return None where it can."""
    if not name:
        return "expected a name"
    if not name.isascii() or not _API_NAME.fullmatch(name):
        return "expected a letter, then letters, digits and underscores"
    if "__" in name:
        return "two underscores in a row are Salesforce's own separator"
    if name.endswith("_"):
        return "a name can't end with an underscore"
    if len(name) > limit:
        return f"expected at most {limit} characters, found {len(name)}"
    if name.lower() in APEX_RESERVED:
        return "is a reserved word of Apex"
    return None


def explain_namespace(name: str) -> str | None:
    """Say why a text can't be a managed package's namespace, or return None where it can."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", name) or not name.isascii():
        return "expected 1 to 15 letters and digits, first a letter"
    if len(name) > NAMESPACE_LIMIT:
        return f"expected at most {NAMESPACE_LIMIT} characters, found {len(name)}"
    if name.lower() in APEX_RESERVED | PLATFORM_NAMES:
        return "is reserved by the platform"
    return None


def explain_object_name(name: str) -> str | None:
    """Say why a text can't be an object's API name (``Contact``, ``ns__Client__c``)."""
    stem, custom = (name[:-3], True) if name.endswith("__c") else (name, False)
    parts = stem.split("__") if custom else [stem]
    if len(parts) > 2:
        return "expected Name, Name__c or namespace__Name__c"
    if len(parts) == 2 and explain_namespace(parts[0]):
        return "expected a namespace before the first two underscores"
    if not custom and parts[-1].lower() in APEX_RESERVED:
        return None  # standard objects such as Case, Group and Order
    return explain_api_name(parts[-1])


def explain_folder_name(name: str) -> str | None:
    """Say why a text can't be a folder name on every operating system."""
    if not name or not name.isascii() or not _FOLDER.fullmatch(name):
        return "expected letters, digits, dots, dashes and underscores"
    if name.endswith(".") or name.split(".", maxsplit=1)[0].lower() in WINDOWS_NAMES:
        return "is a name that Windows refuses"
    if len(name) > 80:
        return f"expected at most 80 characters, found {len(name)}"
    return None


def explain_folder_path(path: str) -> str | None:
    """Say why a text can't be a folder inside the project (``force-app``, ``src/app``)."""
    pure = PurePosixPath(path)
    if not path or pure.is_absolute() or "\\" in path or path != str(pure):
        return "expected a relative path inside the project, with / between folders"
    if ".." in pure.parts:
        return "expected a path that stays inside the project"
    for part in pure.parts:
        if reason := explain_folder_name(part):
            return reason
    return None


def explain_package_directory(path: str) -> str | None:
    """Say why a folder can't hold a project's source, or return None where it can."""
    if reason := explain_folder_path(path):
        return reason
    for part in path.split("/"):
        if part.lower() in STRICT_FOLDERS:
            return f"{part} is the folder of a metadata type, and everything in it is taken for one"
        if part.lower() in _LEFT_OUT:
            return f"{part} is a folder that the tools leave out"
    return None
