"""Ports made real: database, photo stores, migrations."""
