"""Benchmarks: each figure beside a floor or a peer of the same run.

One module a subject; ``python -m benchmarks`` runs them. docs/performance.md is drawn from what
they leave in ``benchmarks/results``.
"""
