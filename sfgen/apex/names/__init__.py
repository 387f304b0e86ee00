"""What the names of an Apex program mean: its types, their members, overloads, expressions."""
