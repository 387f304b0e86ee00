"""Queueable, batch, scheduled and future jobs; events."""
