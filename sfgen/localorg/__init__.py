"""The local org: a loopback server that deploys, checks and answers as Salesforce does."""

from __future__ import annotations

from sfgen.localorg.server import Address, find_running, running
from sfgen.localorg.store import Store, default_folder

__all__ = ["Address", "Store", "default_folder", "find_running", "running"]
