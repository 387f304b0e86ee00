"""Reads an SFDX project: configuration, components and their files. Never writes."""

from __future__ import annotations

from sfgen.project.components import ChildComponent, Component, Problem, Project
from sfgen.project.configuration import ProjectConfiguration, read_configuration
from sfgen.project.packaged import read_packaged
from sfgen.project.reading import read_components, read_project

__all__ = [
    "ChildComponent",
    "Component",
    "Problem",
    "Project",
    "ProjectConfiguration",
    "read_components",
    "read_configuration",
    "read_packaged",
    "read_project",
]
