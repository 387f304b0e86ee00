"""Refuse a pipeline that would install whatever answers to the name sfgen."""

import json
import sys

ANSWERS = json.loads(r"""%[ cookiecutter | jsonify ]%""")

if ANSWERS["ci"] != "none" and not ANSWERS["install_from"]:
    sys.exit("error: install_from: say what the pipeline installs sfgen from, pinned")
