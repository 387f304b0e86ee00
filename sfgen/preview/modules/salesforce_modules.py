"""Makes a module for each ``@salesforce/*`` import, or says why the project has none."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from sfgen.preview.current_user import USER_ID
from sfgen.tools.lwc_compiler import Diagnosis

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.preview.project.source import Source

INTERNATIONALIZATION: Final = {
    "calendar": "gregorian",
    "currency": "USD",
    "dateTime.longDateFormat": "MMMM d, yyyy",
    "dateTime.mediumDateFormat": "MMM d, yyyy",
    "dateTime.shortDateFormat": "M/d/yyyy",
    "dateTime.shortTimeFormat": "h:mm a",
    "dir": "ltr",
    "firstDayOfWeek": 1,
    "lang": "en-US",
    "locale": "en-US",
    "number.currencySymbol": "$",
    "number.decimalSeparator": ".",
    "number.groupingSeparator": ",",
    "showJapaneseCalendar": False,
    "timeZone": "UTC",
}
_STANDARD_FIELD = re.compile(r"^[A-Za-z][A-Za-z0-9]*$")
_CUSTOM = re.compile(r"__[a-z]+$", re.IGNORECASE)
_APEX_RUNTIME = "/asset/browser/apex.js"


class SalesforceModules:
    """Makes the modules; a thing the project doesn't have is a reason, never an empty value."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._makers: dict[str, Callable[[str], str | Diagnosis]] = {
            "apex": self._apex,
            "apexContinuation": self._apex,
            "client": self._client,
            "customPermission": self._permission,
            "i18n": self._internationalization,
            "label": self._label,
            "messageChannel": self._message_channel,
            "resourceUrl": self._resource,
            "schema": self._schema,
            "user": self._user,
            "userPermission": lambda name: _default(value=bool(name)),
        }

    def read(self, path: str) -> str | Diagnosis:
        """Return the module of ``@salesforce/<path>``."""
        kind, _, name = unquote(path).partition("/")
        if kind == "apex" and not name:
            return f"export * from {json.dumps(_APEX_RUNTIME)};\n"
        maker = self._makers.get(kind)
        if maker is None:
            return Diagnosis(f"@salesforce/{kind} is not in the preview (the org has it)")
        return maker(name)

    def missing(self, path: str) -> str | None:
        """Say why ``@salesforce/<path>`` can't be imported, or nothing."""
        answer = self.read(path)
        return answer.message if isinstance(answer, Diagnosis) else None

    def _apex(self, name: str) -> str | Diagnosis:
        class_name, _, method = name.rpartition(".")
        class_name = class_name.rpartition(".")[2]
        component = self._source.of_type("ApexClass").get(class_name)
        if component is None:
            return Diagnosis(f"Apex class {class_name or name} is not in this project")
        text = "".join(_read(path) for path in component.files)
        found = re.search(
            rf"@AuraEnabled\s*(\([^)]*\))?\s*(?:@\w+\s*(?:\([^)]*\))?\s*)*"
            rf"[\w\s.<>,\[\]]*?\b{re.escape(method)}\s*\(",
            text,
            re.IGNORECASE,
        )
        if found is None:
            return Diagnosis(f"{class_name}.{method} is not an @AuraEnabled method")
        cacheable = bool(re.search(r"cacheable\s*=\s*true", found.group(1) or "", re.IGNORECASE))
        return (
            f"import {{ invoker }} from {json.dumps(_APEX_RUNTIME)};\n"
            f"export default invoker({json.dumps(class_name)}, {json.dumps(method)}, "
            f"{json.dumps(cacheable)});\n"
        )

    def _label(self, name: str) -> str | Diagnosis:
        label = name.rpartition(".")[2]
        if label not in self._source.labels:
            return Diagnosis(f"label {label} is not in this project")
        return _default(self._source.labels[label])

    def _resource(self, name: str) -> str | Diagnosis:
        name = name.rpartition("__")[2]
        if name not in self._source.of_type("StaticResource"):
            return Diagnosis(f"static resource {name} is not in this project")
        return _default(f"/resource/1/{name}")

    def _message_channel(self, name: str) -> str | Diagnosis:
        channel = name.removesuffix("__c").rpartition("__")[2]
        if channel not in self._source.of_type("LightningMessageChannel"):
            return Diagnosis(f"message channel {channel} is not in this project")
        return _default({"id": name})

    def _schema(self, name: str) -> str | Diagnosis:
        object_name, _, field_name = name.partition(".")
        known = self._source.of_type("CustomObject")
        if _CUSTOM.search(object_name) and object_name not in known:
            return Diagnosis(f"object {object_name} is not in this project")
        if not field_name:
            return _default({"objectApiName": object_name})
        first = field_name.partition(".")[0]
        custom = first.endswith("__c") or not _STANDARD_FIELD.match(first)
        if custom and first not in self._source.field_names(object_name):
            return Diagnosis(f"field {object_name}.{first} is not in this project")
        return _default({"objectApiName": object_name, "fieldApiName": field_name})

    def _permission(self, name: str) -> str | Diagnosis:
        """The advisor of the preview holds every permission: nothing is hidden from its reader."""
        if name and name.rpartition("__")[2] not in self._source.of_type("CustomPermission"):
            return Diagnosis(f"custom permission {name} is not in this project")
        return _default(value=True)

    @staticmethod
    def _internationalization(name: str) -> str | Diagnosis:
        if name not in INTERNATIONALIZATION:
            return Diagnosis(f"@salesforce/i18n/{name} is not in the preview")
        return _default(INTERNATIONALIZATION[name])

    @staticmethod
    def _user(name: str) -> str | Diagnosis:
        values: dict[str, object] = {"Id": USER_ID, "isGuest": False}
        return (
            _default(values[name]) if name in values else Diagnosis(f"no @salesforce/user/{name}")
        )

    @staticmethod
    def _client(name: str) -> str | Diagnosis:
        if name == "formFactor":
            return _default("Large")
        return Diagnosis(f"no @salesforce/client/{name}")


def _default(value: object) -> str:
    return f"export default {json.dumps(value)};\n"


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - paths of a component are text
        return file.read()
