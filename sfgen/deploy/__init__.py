"""Deploying: targets, orders, the job, and its progress."""
