"""Ways to other systems, each a package of its own. Parley works without any of them."""
