"""Limits in the words of a guide: what is plain is read, what is not is left to a person. All figures are invented."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duibiao.guide.limits import read_limits


def read(text: str, *items: str, header: str = "排放限值") -> list[str]:
    """Return limits as process, pollutant, sign, figure, oxygen and basis."""
    return [
        " ".join(
            str(part)
            for part in (x.process, x.pollutant, x.op, x.value, x.oxygen, x.basis)
            if part not in (None, "")
        )
        for x in read_limits(text, items, header).limits
    ]


def unread(text: str, *items: str, header: str = "排放限值") -> tuple[tuple[str, str], ...]:
    reading = read_limits(text, items, header)
    assert not reading.limits
    return reading.unread


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PM、SO₂、NOx排放浓度分别不高于11、33、77mg/m³", ["PM <= 11", "SO2 <= 33", "NOx <= 77"]),
        ("PM、SO2排放浓度不高于11、33mg/m3", ["PM <= 11", "SO2 <= 33"]),
        ("PM、SO2均不高于11mg/m3", ["PM <= 11", "SO2 <= 11"]),
        ("PM/SO2/NOx≤11/33/77mg/m3", ["PM <= 11", "SO2 <= 33", "NOx <= 77"]),
        ("颗粒物≤11 mg/m³、二氧化硫≤33 mg/m³", ["PM <= 11", "SO2 <= 33"]),
        ("颗粒物≤11，二氧化硫≤33.5mg/m³", ["PM <= 11", "SO2 <= 33.5"]),
        ("颗粒物（PM）不超过11毫克/立方米", ["PM <= 11"]),
        ("颗粒物控制在11mg/m3以内", ["PM <= 11"]),
        ("颗粒物排放限值为11mg/m3", ["PM <= 11"]),
        ("颗粒物低于11mg/m3", ["PM < 11"]),
        ("PM＜１１ｍｇ／Ｎｍ３", ["PM < 11"]),
        ("氨逃逸不高于9mg/m3", ["NH3 <= 9"]),
        ("合成氨装置PM≤11mg/m3", ["合成氨装置 PM <= 11"]),
        ("焙烧窑烟气PM≤11mg/m3", ["焙烧窑 PM <= 11"]),
        ("所有排放口PM≤11mg/m3", ["PM <= 11"]),
        ("其他产尘点PM≤11mg/m3", ["其他 PM <= 11"]),
        ("PM小时均值≤11mg/m3", ["PM <= 11 hourly_mean"]),
        ("PM（小时均值）≤11mg/m3", ["PM <= 11 hourly_mean"]),
        ("PM实测浓度≤11mg/m3", ["PM <= 11 as_measured"]),
        ("PM排放浓度\n不高于11mg/m³", ["PM <= 11"]),
        ("①PM≤11mg/m³②SO2≤33mg/m³", ["PM <= 11", "SO2 <= 33"]),
        ("1）PM≤11mg/m³\n2）SO2≤33mg/m³", ["PM <= 11", "SO2 <= 33"]),
        ("PM≤11mg/m³\nSO2≤33mg/m³", ["PM <= 11", "SO2 <= 33"]),
        ("厂区绿化。PM≤11mg/m³", ["PM <= 11"]),
        ("二噁英≤0.9ngTEQ/m3；PM≤11mg/m3", ["PM <= 11"]),
        ("炉PM≤11mg/m3；SO2≤33mg/m3", ["炉 PM <= 11"]),
    ],
)
def test_what_is_plain_is_read(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("炉PM、SO2分别不高于11、33mg/m3（基准氧含量18%）", ["炉 PM <= 11 18", "炉 SO2 <= 33 18"]),
        ("在基准含氧量9.5%的条件下，炉PM≤11mg/m3", ["炉 PM <= 11 9.5"]),
        ("炉PM≤11mg/m3；窑PM≤13mg/m3；以上均为基准含氧量9%", ["炉 PM <= 11 9", "窑 PM <= 13 9"]),
        ("炉PM≤11mg/m3；基准含氧量9%", ["炉 PM <= 11 9"]),
        (
            "炉PM≤11mg/m3（基准氧含量0%）；窑PM≤13mg/m3（基准氧含量9%）",
            ["炉 PM <= 11 0", "窑 PM <= 13 9"],
        ),
    ],
)
def test_baseline_oxygen(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("PM、SO2排放浓度分别不高于11、33、77mg/m³", "污染物2种，数值3个，对不上"),
        ("PM、SO2分别不高于11mg/m³", "污染物2种，数值1个，对不上"),
        ("PM不高于11、33mg/m³", "污染物1种，数值2个，对不上"),
        ("硫酸雾、PM分别不高于11、13mg/m3", "“硫酸雾”可能是没有认得的污染物"),
        ("PM、汞、SO2分别不高于11、0.9、33mg/m3", "“PM、汞”可能是没有认得的污染物"),
        ("PM10≤11mg/m³", "没有读出污染物、数值和单位"),
        ("PM2.5≤11mg/m³", "没有读出污染物、数值和单位"),
        ("颗粒物11mg/m3", "没有读出污染物、数值和单位"),
        ("PM浓度11~13mg/m3", "没有读出污染物、数值和单位"),
        ("PM日均值≤11mg/m3", "没有读出污染物、数值和单位"),
        ("PM≤11g/m3", "没有读出污染物、数值和单位"),
        ("PM≤11", "没有写单位"),
        ("PM≤1,100mg/m3", "逗号分不清是千分位还是分隔"),
        ("PM≤1 100mg/m3", "数字被空格或换行隔开，分不清是几个数"),
        ("PM≤11.\n5mg/m3", "数字被空格或换行隔开，分不清是几个数"),
        ("PM≤11\n0mg/m3", "数字被空格或换行隔开，分不清是几个数"),
        ("PM≤1. 1mg/m3", "数字被空格或换行隔开，分不清是几个数"),
        ("新建窑PM≤11mg/m3", "“新建窑”带有适用条件或规格"),
        ("除试验窑外PM≤11mg/m3", "“除试验窑外”带有适用条件或规格"),
        ("65t/h以上锅炉PM≤11mg/m3", "“65t/h以上锅炉”带有适用条件或规格"),
        ("其他窑PM≤11mg/m3", "“其他窑”指哪些排放口不清楚"),
        ("PM≤11mg/m3，其中窑尾不高于9mg/m3", "没有读出污染物、数值和单位"),
        ("PM≤11mg/m3，去除率≥80%", "没有读出污染物、数值和单位"),
        (f"{'窑' * 300}PM≤11mg/m3", "句子太长"),
        ("炉PM≤11mg/m3（基准含氧量9%）、NH3≤9mg/m3", "分不清基准含氧量属于前面还是后面的限值"),
        ("基准含氧量9%，PM≤11mg/m3，基准含氧量8%", "一句中有几个基准含氧量"),
        ("炉PM≤11mg/m3（基准含氧量21%）", "基准含氧量21%不在0至21%之间"),
        ("执行超低排放限值", "没有读出数值；如果是执行超低排放或排放标准，请在 law 中写 [[basis]]"),
    ],
)
def test_what_is_not_plain_is_told_with_the_reason(text, why):
    ((_, reason),) = unread(text)
    assert reason == why


def test_a_sentence_that_may_change_the_others_leaves_the_cell_unread():
    spoilt = "同一格中有一句没有读懂，可能改变本句的意思"
    assert unread("炉PM≤11mg/m3；特殊窑PM特批≤13") == (
        ("特殊窑PM特批≤13", "没有读出污染物、数值和单位"),
        ("炉PM≤11mg/m3", spoilt),
    )
    assert unread("炉PM≤11mg/m3；窑PM≤13mg/m3；基准含氧量9%") == (
        ("基准含氧量9%", "分不清基准含氧量属于哪个工序"),
        ("炉PM≤11mg/m3", spoilt),
        ("窑PM≤13mg/m3", spoilt),
    )


def test_figures_that_go_on_in_another_sentence_leave_the_cell_unread():
    assert read("PM、SO2不高于11；33", header="排放限值（mg/m³）") == []
    assert read("PM、SO2不高于11、33", header="排放限值（mg/m³）") == ["PM <= 11", "SO2 <= 33"]


def test_a_figure_before_a_comma_is_no_list_mark():
    assert read("13、 79", "PM、SO2（mg/m³）") == ["PM <= 13", "SO2 <= 79"]
    assert read("13、79", "PM、SO2（mg/m³）") == ["PM <= 13", "SO2 <= 79"]
    assert read("13、 PM不高于11mg/m3") == ["PM <= 11"]


def test_two_figures_for_the_same_are_not_chosen_between():
    why = "同一工序、同一污染物有两个限值，分不清各在什么条件下适用"
    assert unread("PM≤11mg/m3；PM≤13mg/m3") == (("PM≤11mg/m3", why), ("PM≤13mg/m3", why))
    assert read("PM≤11mg/m3；PM≤11mg/m3") == ["PM <= 11", "PM <= 11"]


@pytest.mark.parametrize(
    ("text", "items", "header", "found"),
    [
        ("11", ("焙烧窑", "PM"), "排放限值（mg/m³）", ["焙烧窑 PM <= 11"]),
        ("≤11", ("焙烧窑", "PM（mg/m³）"), "排放限值", ["焙烧窑 PM <= 11"]),
        ("11/33", ("PM/SO2（mg/m3）",), "排放限值", ["PM <= 11", "SO2 <= 33"]),
        ("PM≤11mg/m3", ("焙烧窑",), "排放限值", ["焙烧窑 PM <= 11"]),
        ("焙烧窑PM≤11mg/m3", ("焙烧窑",), "排放限值", ["焙烧窑 PM <= 11"]),
        ("PM≤11mg/m3", ("有组织",), "排放限值", ["PM <= 11"]),
    ],
)
def test_the_labels_of_the_row_complete_the_cell(text, items, header, found):
    assert read(text, *items, header=header) == found


@pytest.mark.parametrize(
    ("text", "items", "header", "why"),
    [
        ("11", ("焙烧窑", "PM"), "排放限值", "没有写单位"),
        ("11", ("PM",), "排放限值（kg/h）", "单位“kg/h”不是mg/m³"),
        ("干燥室PM≤11mg/m3", ("焙烧窑",), "排放限值", "表中写“焙烧窑”，句中又写“干燥室”"),
        ("PM≤11mg/m3", ("2020年后新建",), "排放限值", "“2020年后新建”带有适用条件或规格"),
        ("11", ("焙烧窑",), "排放限值", "没有读出污染物和数值"),
    ],
)
def test_labels_that_do_not_fit_leave_it_to_a_person(text, items, header, why):
    ((_, reason),) = unread(text, *items, header=header)
    assert reason == why


def test_exact_decimals():
    (limit,) = read_limits("PM≤0.10mg/m3", (), "排放限值").limits
    assert limit.value == Decimal("0.10")
    assert str(limit.value) == "0.10"


@pytest.mark.parametrize(
    "text", ["的" * 299, "PM、" * 90, "PM≤" * 90, "PM的" * 90 + "≤1", "1、" * 140]
)
def test_no_text_takes_long(text):
    assert read(text) == []


TOKENS = (
    "PM|SO2|氮氧化物|汞|焙烧窑|其他|新建|分别|均|不高于|≤|低于|以上|以下|11|3.5|1,000|mg/m³|kg/h|%|、|，|；|。|\n"
    "| |1.|（|）|基准含氧量9%|小时均值|排放浓度|排放限值"
)


@given(st.lists(st.sampled_from(TOKENS.split("|")), max_size=25).map("".join))
def test_no_figure_is_read_that_does_not_stand_there(text):
    for limit in read_limits(text, (), "排放限值").limits:
        assert str(limit.value) in re.findall(r"\d+(?:\.\d+)?", text)
        assert limit.oxygen in (None, Decimal(9))
        assert {"PM": "PM", "SO2": "SO2", "NOx": "氮氧化物"}[limit.pollutant] in text
        assert limit.process in ("", "焙烧窑", "其他", *re.findall(r"[汞焙烧窑]+", text))
