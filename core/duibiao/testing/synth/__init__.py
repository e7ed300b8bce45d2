"""合成材料: any number of packages of invented enterprises in many hands, some with known faults, for load and benchmarks.

``duibiao synth`` writes them into a folder; from Python::

    from duibiao.testing.synth import Settings, produced

    for package in produced(Settings(count=100, seed=7)):
        package.data, package.truth

The same settings give the same bytes, as long as version and zlib are the same.
"""

from duibiao.testing.synth.packages import Package, produced
from duibiao.testing.synth.settings import Settings

__all__ = ["Package", "Settings", "produced"]
