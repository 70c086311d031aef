"""Draws a town: wijken as polygons that share their borders exactly, so that nothing overlaps and nothing is left out.

The town is a disc of rings around a middle; the rings and the spokes between neighbours wander, but every border is
computed once and used by both sides.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, pi, radians, sin

from nabij.demo.dice import dice

Point = tuple[float, float]
KM_PER_DEGREE = 111.2
STEP = 3  # degrees between two points of a ring


@dataclass(frozen=True)
class Mesh:
    """A town of rings: how many wijken each has, and how far each reaches."""

    seed: str
    middle: Point
    rings_km: tuple[float, ...]
    sectors: tuple[int, ...]

    def polygon(self, ring: int, sector: int) -> list[Point]:
        """Return the closed border of a wijk, against the clock."""
        if self.sectors[ring] == 1:
            return self.outline(ring)
        begin, end = self._spokes(ring)[sector : sector + 2]
        outer = self._arc(ring, begin, end)
        inner = self._arc(ring - 1, begin, end) if ring else []
        border = [*outer, *self.spoke(ring, end)[1:], *inner[::-1][1:], *self.spoke(ring, begin)[::-1][1:]]
        return _closed(border)

    def outline(self, ring: int = -1) -> list[Point]:
        """Return the closed border of a ring, or of the town."""
        return _closed(self._arc(ring % len(self.rings_km), 0, 360))

    def spoke(self, ring: int, angle: float) -> list[Point]:
        """Return the border between two neighbours of a ring, from outside to inside."""
        return list(_spoke(self, ring, angle % 360))

    def border(self, ring: int, begin: float, end: float) -> list[Point]:
        """Return a part of the outside of a ring."""
        return self._arc(ring, begin, end)

    def angles(self, ring: int) -> list[float]:
        """Return where the spokes of a ring stand, in degrees."""
        return self._spokes(ring)

    def _spokes(self, ring: int) -> list[float]:
        rng = dice(self.seed, "spokes", ring)
        count = self.sectors[ring]
        shift = rng.uniform(0, 40)
        # On the grid of the rings, so that a spoke ends in a point that the ring has too.
        angles = [round((shift + 360 / count * (i + rng.uniform(-0.12, 0.12))) / STEP) * STEP for i in range(count)]
        return [*angles, angles[0] + 360]

    def _arc(self, ring: int, begin: float, end: float) -> list[Point]:
        return [self.point(ring, angle) for angle in range(int(begin), int(end) + 1, STEP)]

    def point(self, ring: int, angle: float) -> Point:
        """Return a point of a ring."""
        return _at(self.middle, _radius(self, ring, int(angle) % 360), angle)


@cache
def _radius(mesh: Mesh, ring: int, angle: int) -> float:
    rng = dice(mesh.seed, "ring", ring)
    waves = [(k, rng.uniform(0, 2 * pi), rng.uniform(0.3, 1) / k) for k in (2, 3, 5)]
    wave = sum(height * sin(k * radians(angle) + phase) for k, phase, height in waves)
    rough = dice(mesh.seed, "rough", ring, angle).uniform(-0.02, 0.02)
    return mesh.rings_km[ring] * (1 + 0.19 * wave + rough)


@cache
def _spoke(mesh: Mesh, ring: int, angle: float) -> tuple[Point, ...]:
    rng = dice(mesh.seed, "spoke", ring, angle)
    outside = _radius(mesh, ring, int(angle))
    inside = _radius(mesh, ring - 1, int(angle)) if ring else 0.0
    bend, parts = rng.uniform(-5, 5), 12
    points = [mesh.point(ring, angle)]
    for i in range(1, parts):
        away = angle + bend * sin(pi * i / parts) + rng.uniform(-0.6, 0.6)
        points.append(_at(mesh.middle, outside + (inside - outside) * i / parts, away))
    points.append(mesh.point(ring - 1, angle) if inside else mesh.middle)
    return tuple(points)


def _at(middle: Point, km: float, angle: float) -> Point:
    lon, lat = middle
    x, y = km * cos(radians(angle)), km * sin(radians(angle))
    return round(lon + x / (KM_PER_DEGREE * cos(radians(lat))), 5), round(lat + y / KM_PER_DEGREE, 5)


def _closed(border: list[Point]) -> list[Point]:
    once = [point for point, following in pairwise([*border, border[0]]) if point != following]
    return [*once, once[0]]


def area(border: list[Point]) -> float:
    """Return the signed area in square degrees: positive when the border goes against the clock."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(border)) / 2


def contains(border: list[Point], point: Point) -> bool:
    """Return whether a point lies inside a closed border."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise(border):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def edges(border: list[Point]) -> set[tuple[Point, Point]]:
    """Return the edges of a border with their direction."""
    return set(pairwise(border))


def centroid(border: list[Point]) -> Point:
    """Return the middle of mass of a border."""
    # Around the first point, because the differences are small beside the coordinates.
    ox, oy = border[0]
    near = [(x - ox, y - oy) for x, y in border]
    whole, cx, cy = area(near), 0.0, 0.0
    for (x1, y1), (x2, y2) in pairwise(near):
        cross = x1 * y2 - x2 * y1
        cx, cy = cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    return round(ox + cx / (6 * whole), 5), round(oy + cy / (6 * whole), 5)
