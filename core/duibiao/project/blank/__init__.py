"""The workbook that a consultant fills in: blank, or with data in it."""

from __future__ import annotations

from duibiao.project.blank.book import write_workbook

__all__ = ["write_workbook"]
