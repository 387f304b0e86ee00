"""Leave only the files that the answers ask for, and list the types of what is left.

The conditions are the `_only_when` table of cookiecutter.json and the types its `_metadata`;
sfgen plans and lists with the same tables.
"""

import fnmatch
import json
import os

ANSWERS = json.loads(r"""%[ cookiecutter | jsonify ]%""")
PACKAGE = ANSWERS["package_dir"] + "/"
SOURCE = PACKAGE + "main/"
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
"""
TYPE = """    <types>
        <members>*</members>
        <name>{}</name>
    </types>
"""
END = """    <version>{}</version>
</Package>
"""


def holds(condition):
    """Tell whether every word of a condition is an answer that is set; `!` negates a word."""
    return all(
        not ANSWERS[word[1:]] if word.startswith("!") else bool(ANSWERS[word])
        for word in condition.split()
    )


def unwanted(path):
    """Tell whether one of the rules that match the path does not hold.

    The rules are about the template: the answer that names the package directory is put back,
    so that a folder called as in a pattern is no match.
    """
    if path.startswith(PACKAGE):
        path = "package_dir/" + path[len(PACKAGE) :]
    return any(
        fnmatch.fnmatchcase(path, pattern) and not holds(condition)
        for pattern, condition in ANSWERS["_only_when"]
    )


def list_metadata(paths):
    """Return a manifest that names each type with a file in the package directory.

    Below `main` stand the integration's folder, an area of it, and a folder for each type.
    """
    folders = {path[len(SOURCE) :].split("/")[2] for path in paths if path.startswith(SOURCE)}
    names = sorted(ANSWERS["_metadata"][folder] for folder in folders)
    return HEAD + "".join(TYPE.format(name) for name in names) + END.format(ANSWERS["api_version"])


left = []
for folder, _, names in os.walk(".", topdown=False):
    for name in names:
        path = os.path.relpath(os.path.join(folder, name), ".").replace(os.sep, "/")
        if unwanted(path):
            os.remove(path)
        else:
            left.append(path)
    if folder != "." and not os.listdir(folder):
        os.rmdir(folder)

os.makedirs("manifest", exist_ok=True)
with open("manifest/package.xml", "w", encoding="utf-8", newline="\n") as file:
    file.write(list_metadata(left))
