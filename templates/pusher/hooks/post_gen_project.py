"""Leave only the files that the answers ask for.

The conditions are the `_only_when` table of cookiecutter.json; sfgen plans with the same table.
"""

import fnmatch
import json
import os

ANSWERS = json.loads(r"""%[ cookiecutter | jsonify ]%""")


def holds(condition):
    """Tell whether every word of a condition is an answer that is set; `!` negates a word."""
    return all(
        not ANSWERS[word[1:]] if word.startswith("!") else bool(ANSWERS[word])
        for word in condition.split()
    )


def unwanted(path):
    """Tell whether one of the rules that match the path does not hold."""
    return any(
        fnmatch.fnmatchcase(path, pattern) and not holds(condition)
        for pattern, condition in ANSWERS["_only_when"]
    )


for folder, _, names in os.walk(".", topdown=False):
    for name in names:
        path = os.path.join(folder, name)
        if unwanted(os.path.relpath(path, ".").replace(os.sep, "/")):
            os.remove(path)
    if folder != "." and not os.listdir(folder):
        os.rmdir(folder)
