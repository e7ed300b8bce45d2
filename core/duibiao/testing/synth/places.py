"""地方: counties and districts where invented enterprises stand."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Place:
    """县（市、区）.

    Attributes:
        city: Its city, with 市.
        county: Its name.
        division: Its code of GB/T 2260, six figures; credit codes hold it.
        plates: Province and city on plates.
        degrees: Longitude and latitude of its seat in degrees, about.
    """

    city: str
    county: str
    division: str
    plates: str
    degrees: tuple[float, float]

    def coordinates(self, random: Random) -> str:
        """Return longitude and latitude of a point near the seat, as the form wants them."""
        east, north = (_sexagesimal(value + random.uniform(-0.03, 0.03)) for value in self.degrees)
        return f"东经{east}，北纬{north}"


def _sexagesimal(value: float) -> str:
    seconds = round(value * 3600)
    return f"{seconds // 3600}°{seconds // 60 % 60:02}′{seconds % 60:02}″"


PLACES = (
    Place("三门峡市", "湖滨区", "411202", "豫M", (111.19, 34.78)),
    Place("三门峡市", "陕州区", "411203", "豫M", (111.10, 34.72)),
    Place("三门峡市", "渑池县", "411221", "豫M", (111.76, 34.77)),
    Place("三门峡市", "卢氏县", "411224", "豫M", (111.05, 34.05)),
    Place("三门峡市", "义马市", "411281", "豫M", (111.87, 34.75)),
    Place("三门峡市", "灵宝市", "411282", "豫M", (110.89, 34.52)),
    Place("开封市", "龙亭区", "410202", "豫B", (114.36, 34.80)),
    Place("开封市", "顺河回族区", "410203", "豫B", (114.37, 34.80)),
    Place("开封市", "鼓楼区", "410204", "豫B", (114.35, 34.79)),
    Place("开封市", "禹王台区", "410205", "豫B", (114.35, 34.78)),
    Place("开封市", "祥符区", "410212", "豫B", (114.44, 34.76)),
    Place("开封市", "杞县", "410221", "豫B", (114.78, 34.55)),
    Place("开封市", "通许县", "410222", "豫B", (114.47, 34.48)),
    Place("开封市", "尉氏县", "410223", "豫B", (114.19, 34.41)),
    Place("开封市", "兰考县", "410225", "豫B", (114.82, 34.82)),
)
"""Of the two cities whose documents this project has read."""
