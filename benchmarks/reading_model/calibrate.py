"""From margins of contracts the model had not seen to what `clauses.ranking` needs: chances, limits, bands.

Everything here sees the same numbers as `clauses.ranking` does for one contract; `agree` compares the two
at every training.
Limits rest on chances that were fitted without the contract in question (three folds).
"""

import numpy as np

from benchmarks.reading_model.fitting import logistic_fit
from clauses import cuad
from clauses.ranking import AWAY, FEW, FLOOR, LEAST_ODDS, Seen, chances

FOLDS = 3
MIDDLE = 0.35
LEAST = 0.004
SURE_AT = 0.9
# Chances of contracts the phrase rules were written with promise a little much; one number for all
# categories, chosen on the validation contracts.
ABOVE = 0.02
PULL, PULL_OTHERS, PULL_CONTRACT = 6.0, 10.0, 10.0


def settings(
    classes: list[str],
    margins: np.ndarray,
    truth: np.ndarray,
    has: np.ndarray,
    home: np.ndarray,
    lengths: np.ndarray,
    whole: np.ndarray,
) -> tuple[dict, np.ndarray]:
    """Settings of `clauses.ranking`, and the chances that each contract has such a clause, fitted without it.

    ``truth`` says which sentence stands for a labelled clause of which
    category (overlap of their characters at least half of both together), ``has`` which contract has one,
    ``whole`` what the model of whole contracts gives each.
    """
    seen, others = first_views(margins, home, lengths), other_views(margins)
    live = margins > FLOOR
    judged = np.zeros(margins.shape)
    for fold in range(FOLDS):
        held = (home // FOLDS) % FOLDS == fold
        first, second = _fit(seen[~held], others[~held], live[~held], truth[~held])
        judged[held] = apply(seen[held], others[held], live[held], first, second)
    views = contract_views(judged, margins, whole, home)
    there = np.zeros(has.shape)
    contract = np.arange(len(has))
    for fold in range(FOLDS):
        held = (contract // FOLDS) % FOLDS == fold
        found = _fit_contracts(views[~held], has[~held])
        there[held] = 1 / (1 + np.exp(-np.einsum("nck,ck->nc", views[held], found)))
    first, second = _fit(seen, others, live, truth)
    rounded = lambda rows: {  # noqa: E731
        name: [round(float(v), 4) for v in row] for name, row in zip(classes, rows, strict=True)
    }
    sure = {}
    for i, name in enumerate(classes):
        limit = _sure(judged[:, i], truth[:, i])
        if limit is not None and has[:, i].sum() >= 10:
            sure[name] = limit
    found = {
        "sentence": rounded(first),
        "others": rounded(second),
        "contract": rounded(_fit_contracts(views, has)),
        "sure": sure,
        "shown": _limits(classes, judged, truth, there, has, home),
    }
    return found, there


def first_views(margins: np.ndarray, home: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """`Seen.views` for all sentences and categories at once."""
    away = np.full((1, margins.shape[1]), AWAY)
    before, after = np.vstack([away, margins[:-1]]), np.vstack([margins[1:], away])
    before[1:][home[1:] != home[:-1]] = AWAY
    after[:-1][home[1:] != home[:-1]] = AWAY
    other, rank, many = (np.empty(margins.shape) for _ in range(3))
    columns = np.arange(margins.shape[1])
    for contract in range(home.max() + 1):
        rows = np.nonzero(home == contract)[0]
        part = margins[rows]
        order = np.argsort(-part, axis=0, kind="stable")
        other[rows] = part[order[0], columns]
        other[rows[order[0]], columns] = part[order[1], columns] if len(rows) > 1 else AWAY
        position = np.empty(part.shape)
        position[order, columns[None, :]] = np.arange(len(rows))[:, None]
        rank[rows] = np.log1p(position)
        many[rows] = np.log1p((part > FEW).sum(0))
    sizes = np.log(np.clip(lengths, 10, 2500) / 150)
    contract_size = np.log(np.bincount(home) / 200)[home]
    wide = lambda column: np.repeat(column[:, None], margins.shape[1], 1)  # noqa: E731
    within = lambda values: np.clip(values, -1.5, 1)  # noqa: E731
    return np.stack(
        [
            margins,
            within(before),
            within(after),
            within(other),
            rank,
            many,
            wide(sizes),
            wide(sizes**2),
            wide((lengths < 40) * 1.0),
            wide(contract_size),
            np.maximum(margins + 0.5, 0),
            np.maximum(margins, 0),
            np.ones(margins.shape),
        ],
        -1,
    )


def other_views(margins: np.ndarray) -> np.ndarray:
    return np.clip(margins, -1.2, 1.0) + 1


def agree(classes: list[str], margins: np.ndarray, lengths: np.ndarray, found: dict) -> None:
    """Raises when the chances of one contract differ from those that `clauses.ranking` gives it."""
    first, second = (np.array([found[key][name] for name in classes]) for key in ("sentence", "others"))
    seen = first_views(margins, np.zeros(len(margins), np.int64), lengths)
    ours = apply(seen, other_views(margins), margins > FLOOR, first, second)
    theirs = Seen(margins.tolist(), lengths.tolist(), classes)
    for i, name in enumerate(classes):
        row = chances(theirs, found, name)
        if not np.allclose(ours[:, i], [row.get(place, 0.0) for place in range(len(margins))], atol=1e-6):
            raise ArithmeticError(f"Training and reading judge {name} differently.")


def _fit(
    seen: np.ndarray, others: np.ndarray, live: np.ndarray, truth: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Both functions of every category, each category drawn towards what holds for all."""
    k = seen.shape[-1]
    pooled = logistic_fit(seen[live], truth[live] * 1.0, np.zeros(k), np.full(k, 1e-2))
    pull = np.append(np.full(k - 1, PULL), 1.0)
    first, second = [], []
    for i in range(truth.shape[1]):
        rows = live[:, i]
        found = logistic_fit(seen[rows, i], truth[rows, i] * 1.0, pooled, pull)
        odds = seen[:, i] @ found
        rows = rows & (odds > LEAST_ODDS)
        X = np.concatenate([others[rows], odds[rows, None], np.ones((rows.sum(), 1))], 1)
        prior = np.append(np.zeros(others.shape[1]), [1.0, 0.0])
        strength = np.append(np.full(others.shape[1], PULL_OTHERS), [20.0, 1.0])
        first.append(found)
        second.append(logistic_fit(X, truth[rows, i] * 1.0, prior, strength))
    return np.array(first), np.array(second)


def apply(
    seen: np.ndarray, others: np.ndarray, live: np.ndarray, first: np.ndarray, second: np.ndarray
) -> np.ndarray:
    odds = np.einsum("nck,ck->nc", seen, first)
    final = others @ second[:, :-2].T + odds * second[:, -2] + second[:, -1]
    return np.where(live & (odds > LEAST_ODDS), 1 / (1 + np.exp(-np.clip(final, -30, 30))), 0.0)


def per_contract(values: np.ndarray, home: np.ndarray) -> np.ndarray:
    out = np.zeros((home.max() + 1, values.shape[1]))
    np.maximum.at(out, home, values)
    return out


def contract_views(
    judged: np.ndarray, margins: np.ndarray, whole: np.ndarray, home: np.ndarray
) -> np.ndarray:
    """What `clauses.ranking.there` sees: log-odds of the best sentence, and that any of them is one, the best
    margin, the margin of the contract, and one.
    """
    best = per_contract(judged, home)
    nothing = np.zeros(best.shape)
    np.add.at(nothing, home, np.log(1 - np.minimum(judged, 0.999)))
    odds = lambda p: np.log(np.clip(p, 1e-4, 1 - 1e-4) / (1 - np.clip(p, 1e-4, 1 - 1e-4)))  # noqa: E731
    highest = np.full(best.shape, AWAY)
    np.maximum.at(highest, home, margins)
    return np.stack([odds(best), odds(1 - np.exp(nothing)), highest, whole, np.ones(best.shape)], -1)


def _fit_contracts(views: np.ndarray, has: np.ndarray) -> np.ndarray:
    k = views.shape[-1]
    pooled = logistic_fit(views.reshape(-1, k), has.reshape(-1), np.zeros(k), np.full(k, 1e-3))
    pull = np.append(np.full(k - 1, PULL_CONTRACT), 1.0)
    return np.array([logistic_fit(views[:, i], has[:, i], pooled, pull) for i in range(has.shape[1])])


def _limits(
    classes: list[str],
    judged: np.ndarray,
    truth: np.ndarray,
    there: np.ndarray,
    has: np.ndarray,
    home: np.ndarray,
) -> dict:
    """When a contract has the clause, for each category by its chances alone; which further sentences show
    it, for all categories together.
    """
    columns = [i for i, name in enumerate(classes) if name not in cuad.NAMED and has[:, i].sum() >= 10]
    limits = {name: round(_promised(there[:, i]) / 2, 2) for i, name in enumerate(classes)}
    grid = [round(0.2 + 0.02 * i, 2) for i in range(20)]
    top = (judged >= per_contract(judged, home)[home]) & (judged > 0)
    live = (there >= np.array(list(limits.values())))[home]

    def sentences(t: float) -> float:
        guess = ((judged >= t) | top) & live & (judged > 0)
        both = (guess[:, columns] & truth[:, columns]).sum()
        return 2 * both / (guess[:, columns].sum() + truth[:, columns].sum())

    best = max(grid, key=lambda t: (sentences(t), t))
    limits = {name: round(limit + ABOVE, 2) for name, limit in limits.items()}
    return {"contract": limits, "sentence": best, "least": LEAST, "middle": MIDDLE}


def _promised(chances: np.ndarray) -> float:
    """The best F1 to be expected of deciding by a limit, when the chances are right."""
    ordered = np.sort(chances)[::-1]
    return float((2 * np.cumsum(ordered) / (np.arange(1, len(ordered) + 1) + ordered.sum())).max())


def _sure(judged: np.ndarray, right: np.ndarray) -> float | None:
    """The chance from which nine of ten were right, None when fewer than ten sentences get there."""
    order = np.argsort(-judged, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.nonzero(share[9:] >= SURE_AT)[0]
    return round(float(judged[order[good[-1] + 9]]), 4) if len(good) else None
