"""`duibiao rules --out`: the catalogue as pages, one for each rule, with every part and every article."""

from pathlib import Path

import pytest
from lxml import html

from duibiao.cli.app import run
from duibiao.rules.definition import PARTS
from duibiao.service import Service


@pytest.fixture(scope="module")
def service() -> Service:
    return Service()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert run(["rules", "--out", str(folder)]) == 0
    return folder


def test_every_rule_has_a_page_and_the_index_leads_to_it(service: Service, site: Path) -> None:
    pages = {f"{rule.code}.html" for rule in service.rules()}
    index = html.fromstring((site / "index.html").read_text("utf-8"))

    assert {path.name for path in site.iterdir()} == {"index.html", *pages}
    assert [link.removeprefix("./") for link in index.xpath("//td/a/@href")] == [
        f"{rule.code}.html" for rule in service.rules()
    ]
    assert f"共 {len(pages)} 条" in index.text_content()


def test_a_page_says_all_of_its_rule(service: Service, site: Path) -> None:
    for entry in service.catalogue():
        page = html.fromstring((site / entry.page).read_text("utf-8"))
        said = page.text_content()
        headings = [heading.text_content() for heading in page.xpath("//h2")]
        assert headings == [*PARTS, "条款", "从哪一版起有这条规则"]
        assert entry.rule.title in said
        for _, text in entry.rule.parts:
            assert text in said
        for article in entry.articles:
            assert str(article.citation) in said
            assert article.wording.strip().splitlines()[:1] == [] or (
                article.wording.strip().splitlines()[0] in said
            )


def test_every_citation_leads_to_a_document(service: Service) -> None:
    for entry in service.catalogue():
        assert len(entry.articles) == len(entry.rule.cites), entry.rule.code
        assert all(article.citation.source.title for article in entry.articles), entry.rule.code


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["DB-101", "--out", "site"], "请不要同时写规则编号"),
        (["--out", "file"], "--out 应是文件夹，“file”不是"),
    ],
)
def test_what_cannot_be_written_is_said(
    args: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_bytes(b"")
    assert run(["rules", *args]) == 2
    assert said in capfd.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
