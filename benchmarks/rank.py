"""Whether two rows of times differ: by ranks, so that one slow answer says nothing."""


def rank_test(one: list[float], other: list[float]) -> float:
    """Return how many standard deviations the ranks of the first differ from chance (Mann-Whitney, normal approximation).

    Within 3 on either side, nobody can tell the two apart from this many times; below 0 the first are the smaller.
    """
    ranked = sorted([(time, 0) for time in one] + [(time, 1) for time in other])
    ranks = sum(at + 1 for at, (_time, of) in enumerate(ranked) if of == 0)
    n, m = len(one), len(other)
    u = ranks - n * (n + 1) / 2
    return float((u - n * m / 2) / (n * m * (n + m + 1) / 12) ** 0.5)
