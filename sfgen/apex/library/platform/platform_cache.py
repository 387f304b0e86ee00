"""Platform Cache: Cache.Org and Cache.Session (Apex Reference Guide, Cache Namespace)."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import (
    method,
    platform_class,
    platform_enum,
    platform_interface,
    platform_members,
)
from sfgen.apex.library.schema.type_names import new_instance
from sfgen.apex.runtime.exceptions import ApexException, exception_class
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.values import ApexList, ApexSet, Long, find_method
from sfgen.apex.types.model import BOOLEAN, OBJECT, STRING, ApexType

__all__ = ["OrgPartition", "SessionPartition"]

platform_interface("Cache.CacheBuilder", "Object doLoad(String key)")
platform_enum("Cache.Visibility", "ALL NAMESPACE")

_NAME = re.compile(r"(?:\w+\.\w+\.)?[A-Za-z0-9]{1,50}\Z", re.ASCII)


def _refused(message: str) -> ApexException:
    return exception_class("PlatformCacheException")(message)


_PARTITIONS: PerTransaction[dict[tuple[str, str], dict[str, Any]]] = PerTransaction(dict)


def _entries(kind: str, partition: str) -> dict[str, Any]:
    return _PARTITIONS.get().setdefault((kind, partition.lower()), {})


def _place(partition: str, key: str | None) -> tuple[str, str]:
    """The partition and the key of a name that may begin with `namespace.partition.`."""
    name = required(key)
    if not _NAME.match(name):
        raise _refused(f"Invalid key: {name}")
    before, _, last = name.rpartition(".")
    return before or partition, last


class _Partition:
    """What org and session partitions share."""

    kind: ClassVar[str] = "org"

    def __init__(self, name: str) -> None:
        self.name = name

    def entries(self, key: str | None) -> tuple[dict[str, Any], str]:
        """Where a key is kept, and its last part."""
        partition, last = _place(self.name, key)
        return _entries(self.kind, partition), last

    def store(self, key: str | None, value: Any, *_: Any) -> None:
        """Keep a value; how long and for whom makes no difference in one transaction."""
        entries, last = self.entries(key)
        if value is None:
            raise _refused("Value cannot be null")
        entries[last] = value

    def fetch(self, key: str | None) -> Any:
        """The value; null if there is none."""
        entries, last = self.entries(key)
        return entries.get(last)

    def fetch_all(self, keys: ApexList | None) -> ApexList:
        """The values of several keys."""
        return ApexList((self.fetch(each) for each in required(keys)), OBJECT)

    def build(self, builder: ApexType | None, key: str | None) -> Any:
        """The value, loaded by the builder if there is none."""
        entries, last = self.entries(key)
        last = f"{required(builder).name}:{last}"
        if last not in entries:
            load = find_method(new_instance(required(builder)), "doLoad", 1)
            if load is None:
                raise _refused(f"{builder} must implement Cache.CacheBuilder")
            entries[last] = load(key)
        return entries[last]

    def has(self, key: str | None) -> bool:
        """Whether there is a value."""
        entries, last = self.entries(key)
        return last in entries

    def has_all(self, keys: ApexList | None) -> ApexList:
        """Whether there are values, key by key."""
        return ApexList((self.has(each) for each in required(keys)), BOOLEAN)

    def discard(self, key: str | None) -> bool:
        """Forget a value; whether there was one."""
        entries, last = self.entries(key)
        return entries.pop(last, None) is not None

    def discard_built(self, builder: ApexType | None, key: str | None) -> bool:
        """Forget what a builder loaded."""
        entries, last = self.entries(key)
        return entries.pop(f"{required(builder).name}:{last}", None) is not None

    def keys(self) -> ApexSet:
        """The keys."""
        return ApexSet(_entries(self.kind, self.name), STRING)

    def count(self) -> Long:
        """How many keys there are."""
        return Long(len(_entries(self.kind, self.name)))

    def available(self) -> bool:
        """Whether the cache can be used."""
        return True

    def unmeasured(self) -> float:
        """A share or size that is not measured here."""
        return 0.0

    def unmeasured_count(self) -> Long:
        """A time or size that is not measured here."""
        return Long(0)


_SIGNATURES = {
    "Boolean isAvailable()": "available",
    "Double getCapacity()": "unmeasured",
    "Double getMissRate()": "unmeasured",
    "Long getAvgGetTime()": "unmeasured_count",
    "Long getAvgValueSize()": "unmeasured_count",
    "Long getMaxGetTime()": "unmeasured_count",
    "Long getMaxValueSize()": "unmeasured_count",
    "void put(String key, Object value)": "store",
    "void put(String key, Object value, Integer ttlSecs)": "store",
    "void put(String key, Object value, Cache.Visibility visibility)": "store",
    "void put(String key, Object value, Integer ttlSecs, Cache.Visibility visibility,"
    " Boolean immutable)": "store",
    "Object get(String key)": "fetch",
    "List<Object> get(List<String> keys)": "fetch_all",
    "Object get(Type cacheBuilder, String key)": "build",
    "Boolean contains(String key)": "has",
    "List<Boolean> contains(List<String> keys)": "has_all",
    "Boolean remove(String key)": "discard",
    "Boolean remove(Type cacheBuilder, String key)": "discard_built",
    "Set<String> getKeys()": "keys",
    "Long getNumKeys()": "count",
}


@platform_class("Cache.OrgPartition", extends=("Cache.Partition",))
class OrgPartition(_Partition):
    """A partition of the org cache."""

    apex_type: ClassVar[ApexType] = ApexType("Cache.OrgPartition")

    @method("String getName()")
    def get_name(self) -> str:
        """`namespace.partition`."""
        return self.name


@platform_class("Cache.SessionPartition", extends=("Cache.Partition",))
class SessionPartition(_Partition):
    """A partition of the session cache."""

    kind = "session"
    apex_type: ClassVar[ApexType] = ApexType("Cache.SessionPartition")

    @method("String getName()")
    def get_name(self) -> str:
        """`namespace.partition`."""
        return self.name


_DEFAULT = "local.default"


def _declare(facade: str, partition: type[OrgPartition | SessionPartition]) -> None:
    """The class `Cache.Org` or `Cache.Session`, over its default partition."""
    statics = platform_members(facade)
    members = platform_members(f"Cache.{partition.__name__}")
    abstract = platform_members("Cache.Partition")

    def call(name: str) -> Any:
        def called(*arguments: Any) -> Any:
            return getattr(partition(_DEFAULT), name)(*arguments)

        return called

    def call_on(name: str) -> Any:
        def called(receiver: _Partition, *arguments: Any) -> Any:
            return getattr(receiver, name)(*arguments)

        return called

    for text, name in _SIGNATURES.items():
        statics.static(text)(call(name))
        members.method(text)(call_on(name))
        abstract.method(text)(call_on(name))

    @statics.static(f"Cache.{partition.__name__} getPartition(String partitionName)")
    def get_partition(name: str | None) -> Any:
        return partition(required(name))

    @statics.static("String getName()")
    def get_name() -> str:
        return _DEFAULT

    statics.constant("Integer MAX_TTL_SECS", 172_800 if facade == "Cache.Org" else 28_800)


_declare("Cache.Org", OrgPartition)
_declare("Cache.Session", SessionPartition)
