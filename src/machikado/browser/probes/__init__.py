"""What can be found out only by driving a page: keys pressed, time passed, zoom changed.

A probe is a file here that holds a `PROBE`; checks name it in `probes` and find its answer in
`Snapshot.probes`. Adding the file adds it. It gathers and judges nothing.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module

from machikado.browser.probes.probe import Probe


def _all() -> Mapping[str, Probe]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = (import_module(f"{__name__}.{name}") for name in names if name != "probe")
    return {module.PROBE.name: module.PROBE for module in found}


PROBES = _all()
