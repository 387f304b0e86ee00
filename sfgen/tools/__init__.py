"""Finds and runs other programs: Java, Node, browsers and the tools that run on them."""
