"""How templates and renderings are refused: what, where, why, what to do, in Chinese."""

from __future__ import annotations

from dataclasses import dataclass

from duibiao.model.errors import TemplateError

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a template as its author finds it.

    Attributes:
        where: Such as ``正文第3段`` or ``页眉第1个表格第2行第1格``.
        text: What is written there.
    """

    where: str
    text: str

    def __str__(self) -> str:
        text = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}……"
        return f"{self.where}（“{text}”）" if text else self.where


class Fault(Exception):  # noqa: N818  it becomes a TemplateError
    """What is wrong, before it is known in which file.

    Attributes:
        what: What is wrong, and why.
        remedy: What to do.
        place: Where, or None while it is not known.
    """

    def __init__(self, what: str, remedy: str, place: Place | None = None) -> None:
        super().__init__(what, remedy)
        self.what, self.remedy, self.place = what, remedy, place

    def of(self, name: str) -> TemplateError:
        """Return the error for the template `name`."""
        where = f"：{self.place}" if self.place else ""
        return TemplateError(f"模板《{name}》有误{where}：{self.told}")

    @property
    def told(self) -> str:
        """What is wrong and what to do, as two sentences."""
        return f"{self.what}。{self.remedy}。"


def together(name: str, faults: list[Fault]) -> TemplateError:
    """Return one error for all faults of the template `name`, at most twenty of them spelt out."""
    if len(faults) == 1:
        return faults[0].of(name)
    lines = [f"模板《{name}》有{len(faults)}处错误："]
    for number, fault in enumerate(faults[:20], 1):
        where = f"{fault.place}：" if fault.place else ""
        lines.append(f"{number}. {where}{fault.told}")
    if len(faults) > 20:
        lines.append(f"……另有{len(faults) - 20}处，改正以上各处后再查。")
    return TemplateError("\n".join(lines))
