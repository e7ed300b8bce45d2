"""Emission points, control facilities and limits: 附件4 四、4 and 五、2.13 to 2.15."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from duibiao.model.classes import dataclass
from duibiao.model.dates import Day
from duibiao.model.location import Location, Text
from duibiao.model.looks import Look
from duibiao.model.quantities import Measure


@dataclass(frozen=True, slots=True)
class OutletEmission:
    """有组织产排污环节及治理措施 (附件4 四、4): one pollutant at one outlet.

    Attributes:
        at: The row.
        outlet: 排放口编号, such as ``DA001``, or None.
        step: 产污环节.
        pollutant: As written in the row, or in the table's caption.
        treatment: 治理设施（工艺）.
        efficiency: 处理效率, %.
        concentration: 排放浓度.
        oxygen: 实测含氧量, %, where a column gives it.
        flow: 排放风量, m³/h, where a column gives it.
        retrofitted: 改造完成时间.
    """

    at: Location
    outlet: Text | None = None
    step: Text | None = None
    pollutant: Text | None = None
    treatment: Text | None = None
    efficiency: Measure | None = None
    concentration: Measure | None = None
    oxygen: Measure | None = None
    flow: Measure | None = None
    retrofitted: Day | None = None


@dataclass(frozen=True, slots=True)
class FugitiveSource:
    """无组织产排污环节及治理措施 (附件4 四、4): one row.

    Attributes:
        at: The row.
        step: 产污环节.
        pollutants: 主要污染物.
        measure: 防治措施.
    """

    at: Location
    step: Text | None = None
    pollutants: Text | None = None
    measure: Text | None = None


class FacilityKind(StrEnum):
    """The four kinds of control facilities, in the order of 2.13.1 to 2.13.4."""

    DUST = "除尘"
    DESULFURISATION = "脱硫"
    DENITRATION = "脱硝"
    VOCS = "VOCs治理"


@dataclass(frozen=True, slots=True)
class Photo:
    """现场照片: a caption, with or without its picture.

    Attributes:
        at: The caption, or the picture where there is no caption.
        caption: The caption, or None.
        number: The running number that the caption gives, or None.
        picture: Key of the picture's content in the file (CRC-32 and size), or None where the picture is missing.
        width: Drawn width in EMU of the whole picture, what is cropped included, or None.
        height: Drawn height likewise.
        look: What looking at the picture says; None where nobody looked, or could not. It follows from `picture`.
    """

    at: Location
    caption: Text | None = None
    number: int | None = None
    picture: str | None = None
    width: int | None = None
    height: int | None = None
    look: Look | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Facility:
    """治理设施 (附件4 五、2.13): one row of an eight-column table.

    Attributes:
        at: The row.
        number: 序号, or None where it is no number.
        step: 产污环节, as written.
        outlet: 排放口编号 found in the row, or None.
        process: 除尘（脱硫、脱硝、治理）工艺.
        commissioned: 投用时间.
        condition: 运行状况.
        efficiency: 去除效率, %.
        concentration: 污染物排放浓度.
        flow: 污染物排放风量, m³/h.
    """

    at: Location
    number: int | None = None
    step: Text | None = None
    outlet: Text | None = None
    process: Text | None = None
    commissioned: Day | None = None
    condition: Text | None = None
    efficiency: Measure | None = None
    concentration: Measure | None = None
    flow: Measure | None = None


@dataclass(frozen=True, slots=True)
class FacilityTable:
    """治理设施一览表: all facilities of one kind, with their photos.

    Attributes:
        kind: Which facilities.
        at: The table, or the section where there is no table.
        rows: Facilities in order.
        photos: Photos in the same section.
    """

    kind: FacilityKind
    at: Location
    rows: tuple[Facility, ...] = ()
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitComparison:
    """排放限值对标 (附件4 五、2.14): one pollutant at one outlet.

    Attributes:
        at: The row.
        outlet: 排放口, or None.
        step: 产污环节.
        pollutant: 污染物.
        limit: The limit that the enterprise states.
        concentration: 监测浓度; the converted one (折算浓度) where a column gives it.
        oxygen: 实测含氧量, %, where a column gives it and the concentration is not converted yet.
        baseline_oxygen: 基准含氧量, %, where a column gives it.
        report: 数据来源（报告编号）.
        conclusion: 是否达标.
    """

    at: Location
    outlet: Text | None = None
    step: Text | None = None
    pollutant: Text | None = None
    limit: Measure | None = None
    concentration: Measure | None = None
    oxygen: Measure | None = None
    baseline_oxygen: Measure | None = None
    report: Text | None = None
    conclusion: Text | None = None


@dataclass(frozen=True, slots=True)
class FugitiveControl:
    """无组织排放管控措施 (附件4 五、2.15): one row.

    Attributes:
        at: The row.
        step: 工序（环节）.
        requirement: 指标要求.
        status: 企业落实情况.
        conclusion: 是否符合.
        photo: 照片编号.
    """

    at: Location
    step: Text | None = None
    requirement: Text | None = None
    status: Text | None = None
    conclusion: Text | None = None
    photo: Text | None = None
