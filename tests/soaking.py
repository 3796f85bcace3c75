"""A pytest plugin for a soak (tools/soak.py): property tests try far more examples."""

import os

from hypothesis import settings

EXAMPLES = int(os.environ.get("REALISE_EXAMPLES", "5000"))

settings.register_profile("soak", max_examples=EXAMPLES, deadline=None)
