"""涂装及相关VOCs行业: this industry's plugin; its knowledge is in the law files beside this module."""

from importlib.resources import files

from duibiao.law_plugin import LawPlugin
from duibiao_coating_vocs import rules, sheets

plugin = LawPlugin(files(__name__), rules=rules.ALL, sheets=sheets.ALL)
