"""Compiled units loaded into one namespace: classes, triggers, static fields, coverage."""

from __future__ import annotations

import decimal
from typing import TYPE_CHECKING, Any

from sfgen.apex.intrinsics import (
    arithmetic,
    comparisons,
    conversions,
    faults,
    members,
    platform_calls,
    steps,
)
from sfgen.apex.library import load_library
from sfgen.apex.library.declarations.registry import PLATFORM
from sfgen.apex.library.jobs.async_apex import future as queue_future
from sfgen.apex.runtime.collections import ApexList, ApexMap, ApexSet
from sfgen.apex.runtime.exceptions import PLATFORM_EXCEPTIONS, ApexException, raise_apex
from sfgen.apex.runtime.ids import id_of
from sfgen.apex.runtime.keys import Long
from sfgen.apex.runtime.objects import ApexEnum, ApexObject, MethodEntry
from sfgen.apex.runtime.stack import PLACES
from sfgen.apex.runtime.statics import Statics
from sfgen.apex.types.model import ApexType, type_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.apex.compiler.compiled import Unit
    from sfgen.apex.names.problems import Problem

__all__ = ["Program"]

_INTRINSICS = (arithmetic, comparisons, conversions, faults, members, platform_calls, steps)


class Program:
    """A project's Apex, ready to run. Static fields live until `begin` is called again."""

    def __init__(self, units: Iterable[Unit]) -> None:
        load_library()
        self.units = list(units)
        self.classes: dict[str, Any] = {}
        self.descriptions: dict[str, dict[str, Any]] = {}
        self.triggers: list[dict[str, Any]] = []
        self.started: list[Statics] = []
        self.coverage: dict[str, bytearray] = {}
        self.namespace = self._first_names()
        for unit in self.units:
            self._load(unit)
        for description in list(self.descriptions.values()):
            self._link(description)

    @property
    def problems(self) -> list[Problem]:
        """Everything that doesn't compile."""
        return [problem for unit in self.units for problem in unit.problems]

    def _first_names(self) -> dict[str, Any]:
        names: dict[str, Any] = {
            name: getattr(module, name) for module in _INTRINSICS for name in module.__all__
        }
        names.update(
            ApexList=ApexList,
            ApexSet=ApexSet,
            ApexMap=ApexMap,
            Decimal=decimal.Decimal,
            Long=Long,
            id_of=id_of,
            queue_future=queue_future,
            type_named=type_named,
            type_token=type_named,
            make_enum=self._make_enum,
            describe_class=self._describe_class,
            describe_trigger=self.triggers.append,
            construct=self.construct,
            construct_exception=self._construct_exception,
            create=self.create,
        )
        return names

    def _load(self, unit: Unit) -> None:
        if unit.code is None:
            return
        marks = bytearray(unit.size)
        self.coverage[unit.file] = marks
        self.namespace[f"K_{unit.stem}"] = marks
        PLACES.update(unit.places)
        exec(unit.code, self.namespace)  # noqa: S102 - the compiler's own output

    def _make_enum(self, name: str, values: list[str]) -> dict[str, ApexEnum]:
        kind = ApexType(name)
        return {value.lower(): ApexEnum(kind, value, place) for place, value in enumerate(values)}

    def _describe_class(self, description: dict[str, Any]) -> None:
        self.descriptions[description["name"].lower()] = description

    def _link(self, description: dict[str, Any]) -> Any:
        """Make the Python class of a description, its parent first."""
        low = description["name"].lower()
        if low in self.classes:
            return self.classes[low]
        made = type(
            description["name"].replace(".", "__"),
            (self._parent(description),),
            self._members(description),
        )
        self.classes[low] = made
        stem = description["python"]
        self.namespace[f"C_{stem}"] = made
        start = self.namespace.get(f"{stem}__clinit", _nothing)
        constants = description["constants"]
        statics = Statics(description["statics"], constants, start, self.started)
        self.namespace[f"S_{stem}"] = statics
        return made

    def _parent(self, description: dict[str, Any]) -> type:
        parent = description["parent"]
        if parent is None:
            return ApexObject
        name = type_named(parent).name.lower()
        if name in self.descriptions:
            found: type = self._link(self.descriptions[name])
            return found
        if name in PLATFORM_EXCEPTIONS:
            return PLATFORM_EXCEPTIONS[name]
        known = PLATFORM.get(name)
        python_class = known.python_class if known else None
        if python_class is not None and issubclass(python_class, ApexObject):
            return python_class
        return ApexException if name.endswith("exception") else ApexObject

    def _members(self, description: dict[str, Any]) -> dict[str, Any]:
        members: dict[str, Any] = {
            "__module__": "apex",
            "apex_type": ApexType(description["name"]),
            "apex_interfaces": frozenset(description["ancestors"]),
            "apex_fields": tuple((name, type_named(kind)) for name, kind in description["fields"]),
            "apex_transient": frozenset(description["transient"]),
            "apex_description": description,
        }
        for name, _ in description["fields"]:
            members[f"f_{name.lower()}"] = None
        for accessor in description["accessors"]:
            members[accessor] = self.namespace[f"{description['python']}__{accessor}"]
        methods: dict[str, tuple[MethodEntry, ...]] = {}
        for name, entries in description["methods"].items():
            for _, attribute, function in entries:
                members[attribute] = self.namespace[function]
            methods[name] = tuple(
                MethodEntry(tuple(map(type_named, kinds)), attribute)
                for kinds, attribute, _ in entries
            )
        for attribute, function in description["aliases"]:
            members[attribute] = self.namespace[function]
        # The platform accepts a static method where an interface asks for one.
        for name, entries in description["static_methods"].items():
            if methods.get(name):
                continue
            for kinds, function, _ in entries:
                called = staticmethod(self.namespace[function])
                members[function] = called
                members.setdefault(function.removeprefix(f"{description['python']}__"), called)
                entry = MethodEntry(tuple(map(type_named, kinds)), function)
                methods[name] = (*methods.get(name, ()), entry)
        members["apex_methods"] = methods
        return members

    def find_class(self, name: str) -> Any:
        """The Python class of a type of the project, or None."""
        return self.classes.get(name.lower())

    def construct(self, python_class: Any, *arguments: Any) -> Any:
        """A new object by the constructor that takes `arguments` (EX17 for exceptions).

        Raises TypeException for an interface, enum or abstract class, or without a constructor.
        """
        description = python_class.apex_description
        stem = description["python"]
        if description["kind"] != "class" or "abstract" in description["modifiers"]:
            raise raise_apex("TypeException", f"{description['name']} cannot be constructed")
        for kinds, function in description["constructors"]:
            if len(kinds) == len(arguments):
                return self.namespace[function](self.create(python_class), *arguments)
        if description["constructors"]:
            raise raise_apex(
                "TypeException", f"Class {description['name']} must have a no-arg constructor"
            )
        made = self.namespace[f"{stem}__default"](self.create(python_class))
        return faults.start_exception(made, *arguments) if arguments else made

    def create(self, python_class: Any) -> Any:
        """A new object with its initial values, the parents' first; no constructor is run."""
        starts = python_class.__dict__.get("apex_starts")
        if starts is None:
            starts = [
                self.namespace[f"{each.apex_description['python']}__fields"]
                for each in reversed(python_class.__mro__)
                if "apex_description" in each.__dict__
            ]
            python_class.apex_starts = starts
        made = python_class()
        for start in starts:
            start(made)
        return made

    def _construct_exception(self, python_class: Any, *arguments: Any) -> Any:
        """An exception by one of the constructors that come free (EX17)."""
        return faults.start_exception(self.create(python_class), *arguments)

    def begin(self) -> None:
        """A new transaction: every static field starts over."""
        for statics in self.started:
            statics.forget()
        self.started.clear()


def _nothing() -> None:
    """Interfaces and enums have nothing to start."""
