"""Training of the linear models in `clauses/data/reading.model`: see `train.py`. Needs numpy and scipy."""
