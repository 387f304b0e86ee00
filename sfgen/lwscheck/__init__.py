"""Checks in a headless browser whether a project's pusher-js works in Lightning Web Security.

The packages of LWS are Salesforce's, under a licence of their own; they are fetched by the user's
choice and never part of sfgen.
"""
