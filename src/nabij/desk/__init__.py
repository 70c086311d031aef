"""A worker's day, the household page, the trail: pages that bring rooms together; no tables of its own."""
