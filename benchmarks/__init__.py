"""The benchmark: one seeded history, several systems, texts verified equal, ratios side by side.

It is never a test: it asserts texts, not times. `python -m benchmarks --help` says how to run it.
"""
