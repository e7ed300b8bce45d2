"""导入技术指南: the indicator tables of an official guide become law files of a plugin."""

from duibiao.guide.importing import Imported, Wanted, import_guide

__all__ = ["Imported", "Wanted", "import_guide"]
