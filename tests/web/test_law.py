"""The law as pages: rules, plugins, editions, holes."""

import re

from duibiao.procedure.roles import Role

LINK = re.compile(r'href="/rules/([A-Z]+-\d{3})"')


def test_everybody_who_is_signed_in_reads_the_law(world):
    town = world.settle()
    for role in Role:
        client = world.client(town.logins[role])
        for path in ("/rules", "/rules/DB-405", "/plugins", "/plugins/cement"):
            assert client.get(path).status_code == 200, (role, path)
    assert world.client().get("/rules").status_code == 303


def test_the_catalogue_is_whole_and_every_page_is_there(world):
    client = world.client(world.settle().logins[Role.COUNTY])
    codes = LINK.findall(client.get("/rules").text)
    assert codes == [entry.rule.code for entry in world.office.service.catalogue()]
    headings = re.findall(
        r"<h2>(.*?) <span class=\"soft\">(.*?)</span></h2>", client.get("/rules").text
    )
    assert {topic for topic, _ in headings} >= {"身份", "水泥", "豁免"}
    assert all(topic for topic, _ in headings)
    for code in codes[::12]:
        assert code in client.get(f"/rules/{code.lower()}").text


def test_rules_are_searched_by_words_part_and_severity(world):
    client = world.client(world.settle().logins[Role.EXPERT])

    def found(**query: str) -> list[str]:
        return LINK.findall(client.get("/rules", params=query).text)

    assert found(text="DB-405")[0] == "DB-405"
    assert "DB-405" in found(text="实测含氧量 21%")
    assert {code[:4] for code in found(hundred="DB-4xx")} == {"DB-4"}
    assert found(text="没有这样的词") == []
    errors, every = set(found(severity="error")), set(found())
    assert set() < errors < every


def test_a_rule_page_says_why_and_by_which_article(world):
    text = world.client(world.settle().logins[Role.APPLICANT]).get("/rules/DB-405").text
    for words in ("实测含氧量不在0至21%之间", "为什么", "通过", "不通过", "附件4 五、2.14"):
        assert words in text


def test_plugins_say_how_well_they_are_vouched_for_and_what_they_lack(world):
    client = world.client(world.settle().logins[Role.CITY])
    text = client.get("/plugins").text
    for plugin in world.office.service.registry.plugins:
        assert plugin.book.industry.name in text
        assert client.get(f"/plugins/{plugin.name}").status_code == 200
    assert "凭记忆，未核实" in text
    assert "CC-13.03" in text


def test_unknown_ones_are_not_found(world):
    client = world.client(world.settle().logins[Role.ADMIN])
    assert client.get("/rules/XX-999").status_code == 404
    assert client.get("/plugins/nothing").status_code == 404
