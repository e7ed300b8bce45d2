"""水泥: this industry's plugin; its knowledge is in the law files beside this module."""

from importlib.resources import files

from duibiao.law_plugin import LawPlugin
from duibiao_cement import rules

plugin = LawPlugin(files(__name__), rules=rules.ALL)
