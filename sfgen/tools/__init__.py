"""Finds and runs the engines that sfgen doesn't bring along: Java and what runs on it."""
