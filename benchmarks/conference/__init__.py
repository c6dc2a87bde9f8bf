"""A conference: many rooms that write, many who follow, one day in minutes; nothing may be lost.

`python -m benchmarks.conference --help` says how to run it.
"""
