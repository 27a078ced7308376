"""Medians, percentiles, and rounds that take turns."""

import statistics


def median(values):
    values = [value for value in values if value is not None]
    return statistics.median(values) if values else None


def percentile(values, share):
    """The value that so much of the others does not exceed; of few values it is the greatest."""
    ordered = sorted(value for value in values if value is not None)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None


def interleaved(rounds, contenders):
    """Each contender once a round, so that what else the machine does meets all of them: results by name."""
    results = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, measure in contenders.items():
            results[name].append(measure())
    return results


def medians(results, figure=lambda result: result):
    return {name: median([figure(result) for result in each]) for name, each in results.items()}
