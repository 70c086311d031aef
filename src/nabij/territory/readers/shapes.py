"""Shapes on a map: from GeoJSON in degrees to paths on paper, where a label stands, and what lies inside."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Geometry = dict[str, Any]
Point = tuple[float, float]
Ring = list[Point]


def polygons(geometry: Geometry) -> list[list[Ring]]:
    """Return the polygons of a Polygon or MultiPolygon: outer ring first, then holes."""
    coordinates = geometry["coordinates"]
    parts = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return [[[(place[0], place[1]) for place in ring] for ring in part] for part in parts]


def _points(geometry: Geometry) -> Iterator[Point]:
    for polygon in polygons(geometry):
        for ring in polygon:
            yield from ring


@dataclass(frozen=True)
class Box:
    """A bounding box in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> Point:
        """Return the middle as longitude and latitude."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2


def bounding_box(geometries: Iterable[Geometry]) -> Box:
    """Return the box around all geometries; raises `ValueError` when there is none."""
    points = [point for geometry in geometries for point in _points(geometry)]
    if not points:
        raise ValueError("no points to draw a box around")
    longitudes, latitudes = zip(*points, strict=True)
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


@dataclass(frozen=True)
class Frame:
    """A drawing: which box of the world falls on which sheet. A degree east is shortened as the latitude asks."""

    box: Box
    width: float
    height: float
    margin: float
    scale: float

    @classmethod
    def around(cls, geometries: Iterable[Geometry], *, width: float = 600, margin: float = 8) -> "Frame":
        """Return a frame of this width around the shapes; the height follows from them."""
        box = bounding_box(geometries)
        across = (box.east - box.west) * _shortening(box) or 1e-9
        scale = (width - 2 * margin) / across
        return cls(box, width, round((box.north - box.south) * scale + 2 * margin, 1), margin, scale)

    @property
    def view_box(self) -> str:
        """Return the value of SVG's `viewBox`."""
        return f"0 0 {self.width:g} {self.height:g}"

    def place(self, longitude: float, latitude: float) -> Point:
        """Return where on the sheet this place falls."""
        x = self.margin + (longitude - self.box.west) * _shortening(self.box) * self.scale
        return x, self.margin + (self.box.north - latitude) * self.scale


def _shortening(box: Box) -> float:
    return math.cos(math.radians(box.middle[1]))


def svg_path(geometry: Geometry, frame: Frame) -> str:
    """Return the `d` of an SVG path; draw it with `fill-rule="evenodd"` so that holes stay open."""
    return "".join(_ring_path(ring, frame) for polygon in polygons(geometry) for ring in polygon)


def _ring_path(ring: Ring, frame: Frame) -> str:
    drawn: list[str] = []
    for longitude, latitude in ring[:-1]:
        x, y = frame.place(longitude, latitude)
        step = f"{x:.1f} {y:.1f}"
        if not drawn or drawn[-1] != step:
            drawn.append(step)
    return "M" + "L".join(drawn) + "Z"


def contains(geometry: Geometry, longitude: float, latitude: float) -> bool:
    """Return whether a place lies inside; a hole is outside."""
    return any(
        _in_ring(polygon[0], longitude, latitude)
        and not any(_in_ring(hole, longitude, latitude) for hole in polygon[1:])
        for polygon in polygons(geometry)
    )


def _in_ring(ring: Ring, x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def ring_area(ring: Ring) -> float:
    """Return the signed area in square degrees (positive when counter-clockwise)."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _shifted(ring)) / 2


def _shifted(ring: Ring) -> Iterator[tuple[Point, Point]]:
    # Near the origin: seen from 0° a wijk is so small that its area would drown in rounding.
    x0, y0 = ring[0]
    near = [(x - x0, y - y0) for x, y in ring]
    return pairwise(near)


def label_point(geometry: Geometry) -> Point:
    """Return a place well inside the largest part for a name: its centroid, or else the widest room."""
    largest = max(polygons(geometry), key=lambda polygon: abs(ring_area(polygon[0])))
    alone = {"type": "Polygon", "coordinates": largest}
    middle = _centroid(largest[0])
    return middle if contains(alone, *middle) else _widest(largest)


def _centroid(ring: Ring) -> Point:
    area, (x0, y0) = ring_area(ring), ring[0]
    if not area:
        return x0, y0
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in _shifted(ring))
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in _shifted(ring))
    return x0 + x / (6 * area), y0 + y / (6 * area)


def _widest(polygon: list[Ring]) -> Point:
    """The middle of the widest stretch inside, over nineteen lines of latitude."""
    south, north = min(y for _x, y in polygon[0]), max(y for _x, y in polygon[0])
    best, found = -1.0, polygon[0][0]
    for step in range(1, 20):
        y = south + (north - south) * step / 20
        crossings = sorted(_crossings(polygon, y))
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            if right - left > best:
                best, found = right - left, ((left + right) / 2, y)
    return found


def _crossings(polygon: list[Ring], y: float) -> Iterator[float]:
    for ring in polygon:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y):
                yield (x2 - x1) * (y - y1) / (y2 - y1) + x1
