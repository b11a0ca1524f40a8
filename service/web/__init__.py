"""HTTP: one file a resource, thin; problems.py says how refusals look."""
