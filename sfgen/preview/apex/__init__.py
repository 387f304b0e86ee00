"""The project's Apex behind one interface, executed by sfgen's Apex runtime."""
