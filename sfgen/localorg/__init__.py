"""The local org: a loopback server that deploys, checks and answers as Salesforce does."""

from __future__ import annotations

from sfgen.localorg.org_server import Address, find_running, running
from sfgen.localorg.org_store import OrgStore, default_folder

__all__ = ["Address", "OrgStore", "default_folder", "find_running", "running"]
