"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# No deadline: the first call of many a function loads a dictionary. In CI the same examples each time, so that a red run is the
# change's own doing; elsewhere new ones, so that more is tried.
settings.register_profile("termbuilder", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("termbuilder")
