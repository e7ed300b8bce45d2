"""Cover, application form and commitment letters: parts 一 to 三 of 附件4."""

from __future__ import annotations

from enum import StrEnum

from duibiao.model.classes import dataclass
from duibiao.model.dates import Day
from duibiao.model.location import Location, Text
from duibiao.model.quantities import Measure


@dataclass(frozen=True, slots=True)
class Cover:
    """封面: the title page.

    Attributes:
        at: The title page.
        enterprise: Enterprise name.
        date: Date of the application; the reference date of every check.
        seal_mark: The mark （企业公章）, where it stands.
        has_seal: A picture stands at the mark, which may be the seal.
    """

    at: Location
    enterprise: Text | None = None
    date: Day | None = None
    seal_mark: Text | None = None
    has_seal: bool = False


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """目录条目: one line of the table of contents.

    Attributes:
        number: The number as shown, such as ``2.13``; "" if none.
        title: The title without number and page.
        page: The page number that it gives, or None.
        at: Its place.
    """

    number: str
    title: str
    page: int | None
    at: Location


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """企业绩效分级申请表 (附件4 一).

    Every field is None where the form has no such row, and a `Text` with an empty value where it is left blank.

    Attributes:
        at: The form.
        city: 所属省辖市.
        county: 所属县（市、区）.
        address: 地址名称.
        enterprise: 企业名称.
        credit_code: 统一社会信用代码.
        industry: 行业类型.
        grade: 自评估等级, as written.
        control_type: 申请管控类型.
        responsible: 企业应急措施落实责任人.
        phone: 联系方式（手机号）.
        output_value: 工业总产值, in 万元 unless it says otherwise.
        has_seal: A picture stands in or under the form.
        other: Rows that the prescribed form does not have, as (label, value).
    """

    at: Location
    city: Text | None = None
    county: Text | None = None
    address: Text | None = None
    enterprise: Text | None = None
    credit_code: Text | None = None
    industry: Text | None = None
    grade: Text | None = None
    control_type: Text | None = None
    responsible: Text | None = None
    phone: Text | None = None
    output_value: Measure | None = None
    has_seal: bool = False
    other: tuple[tuple[Text, Text], ...] = ()


class LetterKind(StrEnum):
    """Which of the two prescribed letters."""

    AUTHENTICITY = "申报材料真实性承诺书"
    REDUCTION = "落实重污染天气应急减排承诺书"


@dataclass(frozen=True, slots=True)
class CommitmentLetter:
    """承诺书: one of the two commitment letters (附件4 二、三).

    Attributes:
        kind: Which letter.
        at: The letter.
        text: All of its paragraphs.
        addressee: The bureau it is addressed to, or None.
        enterprise: Enterprise name that heads it, or None.
        year: The year it names (河南省 XXXX 年), or None.
        industry: The industry it names, or None.
        grade: The grade it names, as written, or None.
        commitment: The sentence that commits (特此承诺 / 现承诺), or None.
        signature: What stands after 法定代表人（签字）, with an empty value where nothing does; None without the line.
        signature_is_picture: A picture stands at the signature.
        date: Its date, or None.
        seal_mark: The mark （企业盖章）, or None.
        has_seal: A picture stands at the mark.
    """

    kind: LetterKind
    at: Location
    text: tuple[Text, ...] = ()
    addressee: Text | None = None
    enterprise: Text | None = None
    year: Text | None = None
    industry: Text | None = None
    grade: Text | None = None
    commitment: Text | None = None
    signature: Text | None = None
    signature_is_picture: bool = False
    date: Day | None = None
    seal_mark: Text | None = None
    has_seal: bool = False

    @property
    def is_scan(self) -> bool:
        """Whether it is nothing but pictures: a person has to read it."""
        return self.has_seal and not self.text
