"""Finds and runs programs that sfgen doesn't include: Java, Node, a browser, their engines."""
