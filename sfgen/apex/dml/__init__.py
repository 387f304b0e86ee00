"""DML: checks, triggers, saves, deletes, roll-ups."""
