"""The contract over the four plugins of this repository and over every other one that is installed."""

from importlib.metadata import EntryPoint, entry_points

import duibiao_cement
import duibiao_coating_vocs
import duibiao_general_industry
import duibiao_steel
from duibiao.plugins import GROUP, load_plugins
from duibiao.testing.contract import PluginContract, check_plugin

OURS = ("cement", "coating_vocs", "general_industry", "steel")


class TestSteel(PluginContract):
    plugin = duibiao_steel.plugin


class TestCement(PluginContract):
    plugin = duibiao_cement.plugin


class TestCoatingVocs(PluginContract):
    plugin = duibiao_coating_vocs.plugin


class TestGeneralIndustry(PluginContract):
    plugin = duibiao_general_industry.plugin


def test_every_installed_plugin():
    others = [point for point in entry_points(group=GROUP) if point.name not in OURS]
    assert {point.name: check_plugin(point.load()) for point in others} == {
        point.name: [] for point in others
    }


def test_all_four_live_together():
    registry = load_plugins([EntryPoint(name, f"duibiao_{name}:plugin", GROUP) for name in OURS])
    assert registry.left_out == ()
    assert tuple(plugin.name for plugin in registry.plugins) == OURS
    assert len({rule.code for plugin in registry.plugins for rule in plugin.rules}) == sum(
        len(plugin.rules) for plugin in registry.plugins
    )


def test_no_name_leads_to_two_plugins():
    """A tie between two plugins would be decided by the order of their names."""
    registry = load_plugins([EntryPoint(name, f"duibiao_{name}:plugin", GROUP) for name in OURS])
    strays = []
    for plugin in registry.plugins:
        for branch in plugin.book.industry.branches:
            for name in (branch.name, *branch.aliases):
                found = registry.find(name)
                if found is None or found[0] is not plugin or found[1] is not branch:
                    strays.append((plugin.name, branch.key, name, found and found[1].key))
    assert strays == []
