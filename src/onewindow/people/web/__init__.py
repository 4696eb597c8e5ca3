"""Pages of units, staff, roles, persons and journals. What they do is in `actions`; what they show, in `queries`."""
