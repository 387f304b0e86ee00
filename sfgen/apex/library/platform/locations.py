"""Location and Address: places, and how far they are apart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.schema.compound_fields import COMPOUND_CLASSES

if TYPE_CHECKING:
    import decimal

    from sfgen.apex.library.declarations.data_objects import DataObject

PLACE = data_class(
    "Location",
    "Double latitude; Double longitude",
    "Double getLatitude() = latitude; Double getLongitude() = longitude",
    constructor=False,
)
ADDRESS = data_class(
    "Address",
    "String city; String country; String countryCode; String geocodeAccuracy; Double latitude;"
    "Double longitude; String postalCode; String state; String stateCode; String street",
    "String getCity() = city; String getCountry() = country; String getCountryCode() = countryCode;"
    "String getGeocodeAccuracy() = geocodeAccuracy; Double getLatitude() = latitude;"
    "Double getLongitude() = longitude; String getPostalCode() = postalCode;"
    "String getState() = state; String getStateCode() = stateCode; String getStreet() = street",
    constructor=False,
)
COMPOUND_CLASSES.update(LOCATION=PLACE, ADDRESS=ADDRESS)
LOCATION = platform_members("Location")
_RADIUS = {"km": 6371.0, "mi": 3958.8}


@LOCATION.static("Location newInstance(Decimal latitude, Decimal longitude)")
def new_location(latitude: decimal.Decimal | None, longitude: decimal.Decimal | None) -> DataObject:
    """A place."""
    return PLACE(latitude=float(required(latitude)), longitude=float(required(longitude)))


@LOCATION.static("Double getDistance(Location first, Location second, String unit)")
def distance_of(first: DataObject | None, second: DataObject | None, unit: str | None) -> float:
    """How far two places are apart, in `mi` or `km` (haversine)."""
    one, two = required(first), required(second)
    low, high = (math.radians(each.get("latitude")) for each in (one, two))
    east = math.radians(two.get("longitude") - one.get("longitude"))
    arc = math.sin((high - low) / 2) ** 2
    arc += math.cos(low) * math.cos(high) * math.sin(east / 2) ** 2
    return 2 * _RADIUS.get(required(unit), _RADIUS["km"]) * math.asin(math.sqrt(arc))


@LOCATION.method("Double getDistance(Location toLocation, String unit)")
def get_distance(place: DataObject, other: DataObject | None, unit: str | None) -> float:
    """How far another place is."""
    return distance_of(place, other, unit)
