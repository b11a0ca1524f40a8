"""Rules and geometry: pure functions and frozen values, without clock, disk or network.

Shapes are in metres of the scene's plane (plane.py), or in WGS 84 longitude and latitude where a
docstring says so; units stand in the names; times are aware, in UTC. See docs/library.md.
"""
