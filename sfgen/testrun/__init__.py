"""Running a project's Apex tests on this machine: the org they run in, and again on a change."""
