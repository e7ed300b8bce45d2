"""A stored report on a later day says what a check on that day would: the same verdict, the same findings."""

import json
from datetime import date, timedelta

import pytest

from duibiao.reports import as_json
from duibiao.reports.lapsing import as_of, lapses
from duibiao.reports.waivers import WAIVER_RULES, Waiver
from duibiao.rules.definition import Severity
from duibiao.service import Request, Service
from duibiao.testing.changing import changed
from duibiao.testing.dossiers import clean_dossier

from .test_face_json import VALID

LAST = date(2026, 9, 30)
NEXT = LAST + timedelta(1)
SERVICE = Service()
PHONE = {"form.phone.value": "1390000010"}
OF_WAIVERS = {rule.code for rule in WAIVER_RULES}


def checked(dossier, day, waivers=()):
    """The report of a day as it is stored."""
    request = Request(day=day, waivers=tuple(waivers))
    return json.loads(as_json.render(SERVICE.judge(dossier, request)))


def waivers_for(told, severities, until):
    """A waiver for every finding of these severities."""
    return [
        Waiver(one["code"], "理由", "某科长", until, fingerprint=one["fingerprint"])
        for one in told["findings"]
        if one["severity"] in severities
    ]


@pytest.mark.parametrize(
    "severities", [["error"], ["review"], ["error", "review"], list(Severity)], ids="-".join
)
@pytest.mark.parametrize("change", [{}, PHONE], ids=["clean", "phone"])
def test_it_says_what_a_check_on_that_day_says(change, severities):
    dossier = changed(clean_dossier("cement"), change)
    waivers = waivers_for(checked(dossier, LAST), severities, LAST)
    stored = checked(dossier, LAST, waivers)
    assert as_of(stored, LAST) is stored
    assert lapses(stored) == ("2026-09-30" if waivers else "")
    later, wanted = as_of(stored, NEXT), checked(dossier, NEXT, waivers)
    VALID.validate(later)

    def said(told):
        own = [one for one in told["findings"] if one["code"] not in OF_WAIVERS]
        return (
            told["verdict"],
            told["verdict_label"],
            sorted(one["fingerprint"] for one in own),
            told["waived"],
            told["counts"]["error"],
            [reason for reason in told["reasons"] if "不符合要求" in reason or "已豁免" in reason],
        )

    assert said(later) == said(wanted)
    assert [one["expired"]["until"] for one in later["findings"] if "expired" in one] == [
        "2026-09-30"
    ] * len(waivers)
    assert len({one["cause"] for one in later["findings"] if "expired" in one}) == len(waivers)
    assert sum(later["counts"].values()) == len(later["findings"])
    assert (f"{len(waivers)} 条豁免已到期，意见重新计入" in later["reasons"]) == bool(waivers)


def test_a_waiver_lapses_after_its_own_last_day():
    dossier = changed(
        clean_dossier("cement"), PHONE | {"form.credit_code.value": "91410252MA9XG2HJ6R"}
    )
    found = waivers_for(checked(dossier, LAST), {"error", "review"}, date(2026, 12, 31))
    first, *rest = found
    assert len(rest) >= 1
    soon = Waiver(first.code, "理由", "某科长", LAST, fingerprint=first.fingerprint)
    stored = checked(dossier, LAST, [soon, *rest])
    later = as_of(stored, NEXT)
    assert (len(stored["waived"]) - len(later["waived"]), lapses(later)) == (1, "2026-12-31")
    assert as_of(later, NEXT) is later
    assert as_of(later, date(2027, 1, 1))["waived"] == []
