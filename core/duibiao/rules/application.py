"""申请表与承诺书: the form and both letters are there, filled in, signed, dated and sealed (附件4 一 to 三)."""

from __future__ import annotations

from collections.abc import Iterator

from duibiao.law.in_force import LawInForce
from duibiao.model.application import CommitmentLetter, LetterKind
from duibiao.model.dossier import Dossier
from duibiao.rules.definition import CannotJudge, Problem, Severity, Yield, rule
from duibiao.rules.support import place, plain

FORM_FIELDS = {
    "city": "所属省辖市",
    "county": "所属县（市、区）",
    "address": "地址名称",
    "enterprise": "企业名称（公章）",
    "credit_code": "统一社会信用代码",
    "industry": "行业类型",
    "grade": "自评估等级",
    "control_type": "申请管控类型",
    "responsible": "企业应急措施落实责任人",
    "phone": "联系方式（手机号）",
    "output_value": "工业总产值（万元）",
}


@rule("DB-205", severity=Severity.ERROR, cites=("SMX2022:附件4 二", "SMX2022:附件4 三"))
def letter_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """缺少承诺书。

    为什么：资料真实性承诺书和应急减排承诺书都是必交材料。

    通过：两份承诺书都有。

    不通过：没有“落实重污染天气应急减排承诺书”。
    """
    for kind in LetterKind:
        if dossier.letter(kind) is None:
            yield Problem(
                dossier.at, f"没有找到《{kind.value}》", f"补充《{kind.value}》，签字、盖章、填日期"
            )


@rule(
    "DB-206", severity=Severity.ERROR, cites=("SMX2022:附件4 二", "SMX2022:附件4 三"), printed=True
)
def letter_unsigned(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """承诺书没有法定代表人签字。

    为什么：未签字的承诺书没有效力。

    通过：“法定代表人（签字）”后有姓名或签名图片。

    不通过：签字处空白，或没有签字一行。
    """
    if not dossier.letters:
        yield CannotJudge(dossier.at, "没有承诺书可查")
    yield from _scans(dossier)
    for letter in _written(dossier):
        signed = letter.signature is not None and bool(plain(letter.signature.value))
        if not signed and not letter.signature_is_picture:
            yield Problem(
                place(letter.signature, letter.at),
                f"《{letter.kind.value}》没有法定代表人签字",
                "由法定代表人签字",
            )


@rule("DB-207", severity=Severity.ERROR, cites=("SMX2022:附件4 二", "SMX2022:附件4 三"))
def letter_undated(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """承诺书没有填写日期。

    为什么：承诺从何日起算，须有完整的年月日。

    通过：写明年、月、日。

    不通过：日期空白，或只写到月。
    """
    if not dossier.letters:
        yield CannotJudge(dossier.at, "没有承诺书可查")
    yield from _scans(dossier)
    for letter in _written(dossier):
        if letter.date is None or letter.date.value.day is None:
            at = letter.date.at if letter.date else letter.at
            yield Problem(at, f"《{letter.kind.value}》没有填写完整的日期", "填写签署的年、月、日")


@rule(
    "DB-208", severity=Severity.ERROR, cites=("SMX2022:附件4 二", "SMX2022:附件4 三"), printed=True
)
def letter_wording_changed(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """承诺书缺少规定的承诺内容。

    为什么：承诺书文字由附件4规定，不得删改承诺事项。

    通过：真实性承诺书写明“真实、合法、有效”和“特此承诺”；减排承诺书写明“现承诺”及落实减排措施。

    不通过：删去了“愿承担相应的法律责任”。
    """
    wanted = {
        LetterKind.AUTHENTICITY: ("真实、合法、有效", "愿承担相应的法律责任", "特此承诺"),
        LetterKind.REDUCTION: (
            "现承诺",
            "严格按照重污染天气应急减排清单要求",
            "落实不同预警级别相应的减排措施",
        ),
    }
    if not dossier.letters:
        yield CannotJudge(dossier.at, "没有承诺书可查")
    yield from _scans(dossier)
    for letter in _written(dossier):
        text = plain("".join(paragraph.value for paragraph in letter.text))
        missing = [phrase for phrase in wanted[letter.kind] if plain(phrase) not in text]
        if missing:
            yield Problem(
                letter.at,
                f"《{letter.kind.value}》缺少规定文字：{'、'.join(f'“{phrase}”' for phrase in missing)}",
                "按附件4的承诺书原文改正",
            )


def _written(dossier: Dossier) -> list[CommitmentLetter]:
    return [letter for letter in dossier.letters if not letter.is_scan]


def _scans(dossier: Dossier) -> Iterator[CannotJudge]:
    for letter in dossier.letters:
        if letter.is_scan:
            yield CannotJudge(
                letter.at, f"《{letter.kind.value}》是扫描件，没有文字，请人工核对内容、签字和日期"
            )


@rule("DB-209", severity=Severity.ERROR, cites="SMX2022:附件4 一")
def form_field_blank(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """申请表有漏填的项目。

    为什么：申请表十一项都是必填。

    通过：各项都已填写。

    不通过：“工业总产值（万元）”空白。
    """
    if dossier.form is None:
        yield CannotJudge(dossier.at, "没有申请表可查")
        return
    for name, label in FORM_FIELDS.items():
        value = getattr(dossier.form, name)
        written = "" if value is None else plain(str(value.value))
        if written in ("", "/", "-", "—"):
            at = dossier.form.at if value is None else value.at
            yield Problem(at, f"申请表没有填写“{label}”", f"填写“{label}”")


@rule(
    "DB-210",
    severity=Severity.REVIEW,
    cites=("SMX2022:附件4 一", "SMX2022:附件4 二", "SMX2022:附件4 三"),
    printed=True,
)
def seal_not_seen(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """应盖章处没有看到印章。

    为什么：封面、申请表和两份承诺书须加盖企业公章；电子件中没有图片时，要核对纸质件。

    通过：盖章处有图片。

    不通过：盖章处只有“（企业盖章）”字样。
    """
    places = [("封面", dossier.cover.at, dossier.cover.has_seal)] if dossier.cover else []
    if dossier.form:
        places.append(("申请表", dossier.form.at, dossier.form.has_seal))
    places += [
        (f"《{letter.kind.value}》", letter.at, letter.has_seal) for letter in dossier.letters
    ]
    if not places:
        yield CannotJudge(dossier.at, "没有应盖章的页面可查")
    for name, at, sealed in places:
        if not sealed:
            yield Problem(
                at, f"{name}的盖章处没有图片，看不到印章", "核对纸质盖章件，或补交盖章扫描件"
            )
