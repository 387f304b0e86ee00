from __future__ import annotations

from rest_client import everything_zip, org

__all__ = ["everything_zip", "org"]
