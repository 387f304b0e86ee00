"""JSONParser and JSONToken (Apex Reference Guide, JSONParser Class)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import method, platform_class, platform_enum
from sfgen.apex.library.json.json_reading import typed_value
from sfgen.apex.library.json.json_tokens import Token, json_error, read_json, tokens_of
from sfgen.apex.types.model import ApexType, type_named

if TYPE_CHECKING:
    import datetime as dt
    import decimal

    from sfgen.apex.runtime.values import ApexEnum, Blob, Id, Long

__all__ = ["JSONParser"]

TOKENS = platform_enum(
    "JSONToken",
    "END_ARRAY END_OBJECT FIELD_NAME NOT_AVAILABLE START_ARRAY START_OBJECT VALUE_EMBEDDED_OBJECT "
    "VALUE_FALSE VALUE_NULL VALUE_NUMBER_FLOAT VALUE_NUMBER_INT VALUE_STRING VALUE_TRUE",
)
_OPENING = {"START_OBJECT", "START_ARRAY"}
_CLOSING = {"END_OBJECT", "END_ARRAY"}


@platform_class("JSONParser")
class JSONParser:
    """Goes through a JSON text token by token."""

    apex_type: ClassVar[ApexType] = ApexType("JSONParser")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens_of(text) if text.strip() else []
        self.place = -1
        self.cleared: Token | None = None
        self.has_cleared = False

    @property
    def token(self) -> Token | None:
        """The current token."""
        if self.has_cleared or not 0 <= self.place < len(self.tokens):
            return None
        return self.tokens[self.place]

    @method("JSONToken nextToken()")
    def next_token(self) -> ApexEnum | None:
        """Move to the next token; null behind the last."""
        self.place = min(self.place + 1, len(self.tokens))
        self.has_cleared = False
        return self.get_current_token()

    @method("JSONToken nextValue()")
    def next_value(self) -> ApexEnum | None:
        """Move to the next token that is no field name."""
        found = self.next_token()
        return self.next_token() if found is TOKENS["FIELD_NAME"] else found

    @method("JSONToken getCurrentToken()")
    def get_current_token(self) -> ApexEnum | None:
        """The current token; null before the first and behind the last."""
        return TOKENS[self.token.kind] if self.token else None

    @method("Boolean hasCurrentToken()")
    def has_current_token(self) -> bool:
        """Whether there is a current token."""
        return self.token is not None

    @method("void clearCurrentToken()")
    def clear_current_token(self) -> None:
        """Forget the current token."""
        self.cleared, self.has_cleared = self.token, True

    @method("JSONToken getLastClearedToken()")
    def get_last_cleared_token(self) -> ApexEnum | None:
        """The token that was forgotten last."""
        return TOKENS[self.cleared.kind] if self.cleared else None

    @method("String getCurrentName()")
    def get_current_name(self) -> str | None:
        """The name of the current value, or of the object or array around it."""
        depth = 0
        for token in reversed(self.tokens[: self.place + 1]):
            if token.kind in _CLOSING:
                depth += 1
            elif token.kind in _OPENING:
                depth -= 1
            elif token.kind == "FIELD_NAME" and depth <= 0:
                return token.text
        return None

    @method("String getText()")
    def get_text(self) -> str | None:
        """The current token's text."""
        return self.token.text if self.token else None

    @method("void skipChildren()")
    def skip_children(self) -> None:
        """From the start of an object or array to its end."""
        if self.token and self.token.kind in _OPENING:
            self.place = self._end(self.place)

    def _end(self, start: int) -> int:
        depth = 0
        for place in range(start, len(self.tokens)):
            kind = self.tokens[place].kind
            depth += (kind in _OPENING) - (kind in _CLOSING)
            if depth == 0:
                return place
        return len(self.tokens) - 1

    def _value(self, kind: str) -> Any:
        """The current token read as a value of a simple type."""
        token = self.token
        if token is None or token.kind == "VALUE_NULL":
            return None
        if token.kind in _OPENING | _CLOSING | {"FIELD_NAME"}:
            raise json_error(f"Current token is not {kind}")
        return typed_value(token.value, type_named(kind))

    @method("Blob getBlobValue()")
    def get_blob_value(self) -> Blob | None:
        """From base64."""
        found: Blob | None = self._value("Blob")
        return found

    @method("Boolean getBooleanValue()")
    def get_boolean_value(self) -> bool | None:
        """From true or false."""
        found: bool | None = self._value("Boolean")
        return found

    @method("Date getDateValue()")
    def get_date_value(self) -> dt.date | None:
        """From ISO 8601."""
        found: dt.date | None = self._value("Date")
        return found

    @method("Datetime getDateTimeValue()")
    def get_date_time_value(self) -> dt.datetime | None:
        """From ISO 8601."""
        found: dt.datetime | None = self._value("Datetime")
        return found

    @method("Time getTimeValue()")
    def get_time_value(self) -> dt.time | None:
        """From ISO 8601."""
        found: dt.time | None = self._value("Time")
        return found

    @method("Decimal getDecimalValue()")
    def get_decimal_value(self) -> decimal.Decimal | None:
        """From a number."""
        found: decimal.Decimal | None = self._value("Decimal")
        return found

    @method("Double getDoubleValue()")
    def get_double_value(self) -> float | None:
        """From a number."""
        found: float | None = self._value("Double")
        return found

    @method("Id getIdValue()")
    def get_id_value(self) -> Id | None:
        """From a text."""
        found: Id | None = self._value("Id")
        return found

    @method("Integer getIntegerValue()")
    def get_integer_value(self) -> int | None:
        """From a whole number."""
        found: int | None = self._value("Integer")
        return found

    @method("Long getLongValue()")
    def get_long_value(self) -> Long | None:
        """From a whole number."""
        found: Long | None = self._value("Long")
        return found

    @method("Object readValueAs(Type apexType)")
    def read_value_as(self, kind: ApexType | None) -> Any:
        """The object that begins at the current token, and move to its end."""
        return self._read(kind, strict=False)

    @method("Object readValueAsStrict(Type apexType)")
    def read_value_as_strict(self, kind: ApexType | None) -> Any:
        """The same; unknown members are refused."""
        return self._read(kind, strict=True)

    def _read(self, kind: ApexType | None, *, strict: bool) -> Any:
        if self.token is None:
            self.next_token()
        start = self.token
        if start is None:
            return None
        if start.kind not in _OPENING:
            return typed_value(start.value, required(kind), strict=strict)
        end = self._end(self.place)
        text = self.text[start.place : self.tokens[end].place + 1]
        self.place = end
        return typed_value(read_json(text), required(kind), strict=strict)
