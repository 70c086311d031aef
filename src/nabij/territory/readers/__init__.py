"""Real files of a municipality: wijken (GeoJSON); streets, centres, workers (CSV, Excel). Reads, writes nothing."""
