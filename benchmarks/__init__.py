"""The figures that Nabij promises, measured on the demo city; `make bench` prints them and writes JSON."""
