"""Page numbers of a Word file, as its last layout left them in it."""

from __future__ import annotations


class _Row:
    """A table row: its cells begin on the same page, and each may note the same break."""

    __slots__ = ("empty", "end", "moved", "start")

    def __init__(self, page: int) -> None:
        self.start = page
        self.end = page
        self.empty = True
        self.moved = False


class Pages:
    """Counts pages from the breaks that Word noted when it last laid out the document.

    An explicit break is followed by a noted one, which must not count again. Where a file notes
    none, pages are not known: explicit breaks alone would give numbers far too low.

    Attributes:
        known: The file notes page breaks.
        number: Page that has been reached, counted from 1.
    """

    def __init__(self, known: bool) -> None:
        """Start on the first page."""
        self.known = known
        self.number = 1
        self._fresh = True
        self._rows: list[_Row] = []

    def filled(self) -> None:
        """Note that something visible stands on the page."""
        self._fresh = False
        for row in self._rows:
            row.empty = False

    def break_noted(self) -> None:
        """Pass a break that the layout noted."""
        if not self._fresh:
            self._turn()
        self._fresh = False

    def break_set(self) -> None:
        """Pass a break that the author set."""
        self._turn()
        self._fresh = True

    def begin_page(self) -> None:
        """Go to a new page unless one has just begun."""
        if not self._fresh:
            self.break_set()

    def start_row(self) -> None:
        """Begin a table row."""
        self._rows.append(_Row(self.number))

    def end_cell(self) -> None:
        """Go back to the top of the row."""
        row = self._rows[-1]
        row.end = max(row.end, self.number)
        self.number = row.start
        self._fresh = row.moved

    def end_row(self) -> None:
        """Go on where the longest cell ended."""
        self.number = self._rows.pop().end
        self._fresh = False

    def _turn(self) -> None:
        self.number += 1
        for row in self._rows:
            if row.empty:  # the whole row stands on the new page
                row.start = self.number
                row.moved = True
