"""身份: what tells two enterprises apart that are printed from one plate.

All of it is as long as what it is put in place of, and the credit code ends with the same check character, so that it can
be put in letter by letter, whatever a hand has done to the text, and a fault in it stays the fault that it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from duibiao.testing.codes import credit_code

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ROOM = len(_SIGNS) ** 6
_STRIDE = 271_828_183  # no multiple of 31: every number up to _ROOM gives another code
_FIRST = "云松青金玉长新大永东南西北龙凤鹤白翠锦天"
_SECOND = "台岭溪河泉峰湖坪原川洲桥林谷塬岗湾堤陂沟"
_THIRD = "恒瑞盛达兴隆宏泰昌源祥和顺安康丰裕茂森润"
_SURNAMES = "赵钱孙周吴郑冯陈蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
_GIVEN = "岩峰川林泽辉明亮强伟军涛波敏静丽芳霞娟玲宁平安康乐"


@dataclass(frozen=True, slots=True)
class Identity:
    """身份.

    Attributes:
        core: The part of the name that is its own, three characters.
        credit_body: First 17 characters of the credit code.
        legal_person: Legal person, three characters.
        responsible: Person who answers for the measures, three characters.
        phone: First seven figures of the phone.
    """

    core: str
    credit_body: str
    legal_person: str
    responsible: str
    phone: str

    @property
    def credit_code(self) -> str:
        """The whole credit code."""
        return credit_code(self.credit_body)

    def words(self) -> tuple[str, ...]:
        """Return what is put in, in a fixed order."""
        return (self.core, self.credit_body, self.legal_person, self.responsible, self.phone)


PHONE_TAIL = "2941"
"""Last four figures of every phone."""


def base(division: str) -> Identity:
    """Return the identity that plates are made with: signs that stand nowhere else.

    Args:
        division: Code of the county, six figures.
    """
    return Identity("檀溪岫", f"91{division}MA9YKQ7T4", "岑虚屿", "阚虚筠", "1867305")


def identity(number: int, division: str, random: Random) -> Identity:
    """Return an identity of its own.

    Args:
        number: Another number up to 887 millions gives another credit code.
        division: Code of the county, six figures.
        random: Gives names and phone.
    """
    return Identity(
        "".join(map(random.choice, (_FIRST, _SECOND, _THIRD))),
        _body(number, division),
        _person(random),
        _person(random),
        f"1{random.choice('35789')}{random.randrange(100_000):05}",
    )


def _person(random: Random) -> str:
    return f"{random.choice(_SURNAMES)}虚{random.choice(_GIVEN)}"


def _body(number: int, division: str) -> str:
    """A body whose check character is that of the base: one of the signs at its end gives it."""
    rest, signs = number * _STRIDE % _ROOM, ""
    for _ in range(6):
        rest, sign = divmod(rest, len(_SIGNS))
        signs += _SIGNS[sign]
    start = f"91{division}MA{signs}"
    wanted = _check(division)
    return next(body for sign in _SIGNS if credit_code(body := start + sign)[-1] == wanted)


@cache
def _check(division: str) -> str:
    return credit_code(base(division).credit_body)[-1]
