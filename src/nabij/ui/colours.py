"""A municipality has one colour; everything drawn from it stays readable (WCAG AA) in light and in dark."""

Rgb = tuple[float, float, float]
WHITE, DARK = (255.0, 255.0, 255.0), (24.0, 27.0, 31.0)


def tokens(primary: str) -> dict[str, str]:
    """Return the CSS custom properties of a colour written as #1f5f5b, for light and (`dark-`) dark pages."""
    colour = parse(primary)
    light, dark = _until_readable(colour, WHITE, -4), _until_readable(colour, DARK, 4)
    return {
        "primary": write(light),
        "primary-strong": write(_mixed(light, (0.0, 0.0, 0.0), 0.2)),
        "primary-soft": write(_mixed(light, WHITE, 0.9)),
        "dark-primary": write(dark),
        "dark-primary-strong": write(_mixed(dark, WHITE, 0.25)),
        "dark-primary-soft": write(_mixed(dark, DARK, 0.87)),
    }


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, as WCAG defines it."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def parse(text: str) -> Rgb:
    """Return a colour from #rrggbb."""
    return (float(int(text[1:3], 16)), float(int(text[3:5], 16)), float(int(text[5:7], 16)))


def write(colour: Rgb) -> str:
    """Return a colour as #rrggbb."""
    return "#" + "".join(f"{round(part):02x}" for part in colour)


def _until_readable(colour: Rgb, ground: Rgb, step: float) -> Rgb:
    # A little more than 4.5, for the colour is rounded when written, and used on softly tinted grounds.
    while contrast(colour, ground) < 5.6:
        red, green, blue = (min(255.0, max(0.0, part + step)) for part in colour)
        colour = (red, green, blue)
    return colour


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (a * (1 - share) + b * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
