"""行业的缺陷: what only the rules of one industry look for."""

from __future__ import annotations

from duibiao.model.dossier import Dossier
from duibiao.testing.changing import changed
from duibiao.testing.defects.completeness import words_only
from duibiao.testing.defects.model import (
    Defect,
    Plant,
    added,
    chained,
    first,
    keeps,
    says,
    written,
)


def _treatment(step: str, pollutant: str, words: str) -> Plant:
    """Write another treatment of a pollutant at a step, in part four and in the table of facilities."""

    def plant(dossier: Dossier) -> Dossier:
        path = first(
            dossier,
            "outlets",
            lambda row: step in row.step.value and row.pollutant.value == pollutant,
            f"没有{step}的{pollutant}",
        )
        number = int(path.rpartition(".")[2])
        old = dossier.outlets[number].treatment
        code = dossier.outlets[number].outlet
        assert old is not None
        assert code is not None
        done = written(dossier, f"{path}.treatment", words)
        for n, table in enumerate(done.evidence.facilities):
            for m, row in enumerate(table.rows):
                same = row.process and row.process.value == old.value
                if same and row.step and code.value in row.step.value:
                    done = written(done, f"evidence.facilities.{n}.rows.{m}.process", words)
        return done

    return plant


def _stored(word: str, words: str) -> Plant:
    def plant(dossier: Dossier) -> Dossier:
        path = first(
            dossier,
            "production.materials",
            lambda row: row.storage is not None and word in row.name.value,
            f"没有{word}",
        )
        return written(dossier, f"{path}.storage", words)

    return plant


def _pollutant_gone(step: str, pollutant: str, *lists: str) -> Plant:
    return chained(
        *(
            keeps(
                path,
                lambda row: step not in row.step.value or row.pollutant.value != pollutant,
                f"{path}没有{step}的{pollutant}",
            )
            for path in lists
        )
    )


def _no_vocs_facility(dossier: Dossier) -> Dossier:
    path = first(
        dossier, "evidence.facilities", lambda table: table.kind == "VOCs治理", "没有VOCs治理设施"
    )
    number = int(path.rpartition(".")[2])
    tables = dossier.evidence.facilities
    done = changed(dossier, {"evidence.facilities": (*tables[:number], *tables[number + 1 :])})
    return words_only(done, "五.2.13.4")


def _coke_oven_gas(dossier: Dossier) -> Dossier:
    """Used as a fuel, while nothing says that its sulphur is taken out."""
    done = says("煤气精脱硫+干法脱硫", "碱液喷淋", why="没有写精脱硫")(dossier)
    path = first(done, "production.energies", lambda row: row.name, "没有能源表")
    return written(done, f"{path}.name", "焦炉煤气")


def _bypass(dossier: Dossier) -> Dossier:
    return added(dossier, "五.2.13", "烧结机头保留烟气旁路，作应急使用。")


def _fuel(dossier: Dossier) -> Dossier:
    path = first(dossier, "production.energies", lambda row: row.name, "没有能源表")
    return written(dossier, f"{path}.name", "烟煤")


DEFECTS = (
    Defect(
        "kiln without SCR or SNCR",
        "treatment-missing",
        "水泥窑窑尾没有SNCR、SCR",
        ("CEM-101",),
        _treatment("窑尾", "氮氧化物", "低氮燃烧器+分级燃烧"),
        only="水泥",
    ),
    Defect(
        "kiln without bag filter",
        "treatment-missing",
        "水泥窑窑头没有采用高效除尘",
        ("CEM-102",),
        _treatment("窑头", "颗粒物", "静电除尘器"),
        only="水泥",
    ),
    Defect(
        "kiln with ammonia that is not compared",
        "pollutant-missing",
        "用氨脱硝的水泥窑没有对标氨",
        ("CEM-103",),
        _pollutant_gone("窑尾", "氨", "evidence.limits"),
        only="水泥",
    ),
    Defect(
        "staggered production not mentioned",
        "staggered-production-missing",
        "水泥熟料企业没有说明错峰生产",
        ("CEM-104",),
        says("错峰", "计划", why="没有写错峰生产"),
        only="水泥",
    ),
    Defect(
        "kiln without low-NOx combustion",
        "treatment-missing",
        "水泥窑没有低氮燃烧、分级燃烧",
        ("CEM-105",),
        _treatment("窑尾", "氮氧化物", "SNCR+SCR联合脱硝"),
        only="水泥",
    ),
    Defect(
        "raw material in the open",
        "storage-open",
        "石灰石露天堆放",
        ("CEM-106",),
        _stored("石灰石", "露天堆放，防尘网苫盖"),
        only="水泥",
    ),
    Defect(
        "VOCs without facility",
        "treatment-missing",
        "有VOCs排放口，没有VOCs治理设施",
        ("VOC-101",),
        _no_vocs_facility,
        ("DB-303", "DB-215"),
        only="家具",
    ),
    Defect(
        "spraying with air by hand",
        "manual-spraying",
        "A级涂装企业人工空气喷涂",
        ("VOC-103",),
        says("自动喷涂线1条", "人工空气喷涂线1条", "四.3.1"),
        only="家具",
    ),
    Defect(
        "materials with VOCs not proved",
        "materials-not-proved",
        "涉VOCs原辅材料没有证明材料",
        ("VOC-104", "DB-215"),
        lambda dossier: words_only(dossier, "五.2.4"),
        only="家具",
    ),
    Defect(
        "second group touched",
        "second-group",
        "涉锅炉/炉窑企业另有VOCs排放口",
        ("GEN-101",),
        says("颗粒物有组织产排污", "非甲烷总烃有组织产排污", "四.4"),
        ("DB-303", "DB-311"),
        only="锅炉",
    ),
    Defect(
        "furnace whose gases are not compared",
        "pollutant-missing",
        "炉窑没有对标二氧化硫",
        ("GEN-103",),
        _pollutant_gone("加热炉", "二氧化硫", "evidence.limits"),
        only="锅炉",
    ),
    Defect(
        "fuel that the grade rules out",
        "fuel-not-clean",
        "申报A级而使用烟煤",
        ("GEN-104",),
        _fuel,
        only="锅炉",
    ),
    Defect(
        "sintering without denitration",
        "treatment-missing",
        "烧结机机头没有SCR等脱硝",
        ("STL-101",),
        _treatment("烧结机机头", "氮氧化物", "低氮燃烧"),
        only="钢",
    ),
    Defect(
        "bypass left",
        "bypass-left",
        "烧结机保留烟气旁路",
        ("STL-102",),
        _bypass,
        only="钢",
    ),
    Defect(
        "sintering gas untreated",
        "treatment-missing",
        "烧结机机头没有脱硫",
        ("STL-103",),
        _pollutant_gone("烧结机机头", "二氧化硫", "outlets"),
        only="钢",
    ),
    Defect(
        "coking on site",
        "second-group",
        "厂内有焦炉",
        ("STL-104",),
        says("1#转炉二次烟气", "1#焦炉烟囱", why="没有转炉二次烟气"),
        only="钢",
    ),
    Defect(
        "stove without low-NOx combustion",
        "treatment-missing",
        "高炉热风炉没有低氮燃烧",
        ("STL-105",),
        _treatment("高炉热风炉", "氮氧化物", "直接排放"),
        only="钢",
    ),
    Defect(
        "coke-oven gas not desulphurised",
        "treatment-missing",
        "使用焦炉煤气，没有写精脱硫",
        ("STL-106",),
        _coke_oven_gas,
        only="钢",
    ),
)
