"""The other systems, one file each, behind the questions of benchmarks/system.py."""
