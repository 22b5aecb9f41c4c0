"""Fitting: linear machines with squared hinge loss for all classes at once, and small logistic functions.

The first is the primal Newton method of Keerthi and DeCoste (2005) with conjugate gradients, every class a
column of one matrix. No random numbers, no threads: the same input and the same versions give the same
bytes.
"""

import numpy as np
import scipy.sparse as sp

STEPS, INNER = 14, 20


def newton(X: sp.csr_matrix, Y: np.ndarray, costs: np.ndarray, start: np.ndarray | None = None) -> np.ndarray:
    """Weights (features × classes) that minimise 0.5·|w|² + Σ cost·max(0, 1 - y·f)². Y is +1 or -1. A good
    ``start`` saves steps.
    """
    across = X.T.tocsr()
    weights = np.zeros((X.shape[1], Y.shape[1]), np.float32) if start is None else start.copy()
    margins = np.asarray(X @ weights)
    value = _value(margins, weights, Y, costs)
    for _ in range(STEPS):
        lack = np.maximum(0, 1 - Y * margins)
        slope = weights - 2 * (across @ (costs * Y * lack))
        step = _solve(X, across, (lack > 0) * costs * 2, -slope)
        moved = X @ step
        length = np.ones(Y.shape[1], np.float32)
        for _ in range(6):
            new = _value(margins + length * moved, weights + length * step, Y, costs)
            worse = new > value * (1 + 1e-6)
            if not worse.any():
                break
            length[worse] *= 0.5
        length[worse] = 0
        weights += length * step
        margins += length * moved
        before, value = value, _value(margins, weights, Y, costs)
        if (before - value).sum() < 1e-3 * value.sum():
            break
    return weights


def _value(margins, weights, Y, costs):
    return 0.5 * (weights * weights).sum(0) + (costs * np.maximum(0, 1 - Y * margins) ** 2).sum(0)


def _solve(X, across, active, right):
    """Conjugate gradients, one system for each column, stopped column by column."""
    found = np.zeros_like(right)
    rest, way = right, right.copy()
    left = (rest * rest).sum(0)
    begin = left.copy()
    for _ in range(INNER):
        turned = way + across @ (active * (X @ way))
        rate = left / np.maximum((way * turned).sum(0), 1e-20)
        rate[left < 1e-3 * begin] = 0
        found += rate * way
        rest = rest - rate * turned
        new = (rest * rest).sum(0)
        if (new < 1e-2 * begin).all():
            break
        way = rest + (new / np.maximum(left, 1e-20)) * way
        left = new
    return found


def ridge(X: sp.csr_matrix, Y: np.ndarray, strength: float) -> np.ndarray:
    """Weights (features × classes) that minimise strength·|w|² + Σ (y - f)², solved by rows."""
    rows = X.astype(np.float64)
    near = (rows @ rows.T).toarray() + strength * np.eye(X.shape[0])
    return rows.T @ np.linalg.solve(near, Y.astype(np.float64))


def logistic_fit(X: np.ndarray, y: np.ndarray, prior: np.ndarray, pull: np.ndarray) -> np.ndarray:
    """Coefficients of a logistic function, drawn to ``prior`` with the strength ``pull``."""
    found = prior.astype(float).copy()
    for _ in range(30):
        p = chance(X, found)
        slope = X.T @ (p - y) + pull * (found - prior)
        bend = (X * (p * (1 - p))[:, None]).T @ X + np.diag(pull + 1e-9)
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return found


def chance(X: np.ndarray, coefficients: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(X @ coefficients, -30, 30)))
