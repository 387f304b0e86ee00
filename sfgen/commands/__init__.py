"""The commands, one module each, named like the command."""

from __future__ import annotations

#: Command name -> one line for ``sfgen --help``; the module of the same name holds ``command``.
COMMANDS = {
    "init": "Write an SFDX project, or add the integration to one",
    "check": "Check a project without an org",
    "test": "Run a project's Apex unit tests on this machine",
    "preview": "Run a project in a local browser, with a local Pusher server",
    "lws-check": "Find out whether pusher-js works under Lightning Web Security",
    "deploy": "Package and deploy a project",
    "trigger": "Publish an event through Pusher's HTTP API",
    "ci": "Write the pipeline file of a CI provider",
    "demo": "Write, deploy and preview an example, without any account",
}
