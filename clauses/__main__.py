"""``python -m clauses``: see ``clauses.cli``."""

import sys

from clauses.cli import main

sys.exit(main())
