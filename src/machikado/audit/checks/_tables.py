"""A table as HTML sees it: which cell stands where and which headers it has (HTML, 4.9.12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from machikado.audit.snapshot import Element, Snapshot

_MOST_SLOTS = 20_000
_MOST_STEPS = 300_000
"""Where a table is larger than any editor writes, nothing is said of it."""
_HEADER_ROLES = ("columnheader", "rowheader")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and the slots it covers, counted from the table's top left."""

    element: Element
    x: int
    y: int
    width: int
    height: int

    @property
    def is_header(self) -> bool:
        return self.element.tag == "th" or self.element.role in _HEADER_ROLES

    @property
    def is_empty(self) -> bool:
        return not self.element.text and next(self.element.elements(), None) is None

    @property
    def scope(self) -> str:
        return self.element.get("scope").strip().lower()


class Table:
    """The grid of a `table` element."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.cells: list[Cell] = []
        self.width = 0
        self.height = 0
        self._slots: dict[tuple[int, int], Cell | None] = {}
        self._row_groups: list[tuple[int, int]] = []
        self._fill()

    @property
    def is_too_large(self) -> bool:
        return len(self._slots) > _MOST_SLOTS

    @cached_property
    def headers(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_header]

    @property
    def rows(self) -> list[list[Cell]]:
        """The cells that begin in each row."""
        rows: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            rows[cell.y].append(cell)
        return rows

    @property
    def caption(self) -> Element | None:
        return next((part for part in self.element.parts if part.tag == "caption"), None)

    def at(self, x: int, y: int) -> Cell | None:
        return self._slots.get((x, y))

    def without_cells(self, wanted: Iterable[Cell]) -> list[Cell]:
        """Those of the headers that no cell has for a header; none where the table is too large."""
        pending = {id(cell.element): cell for cell in wanted}
        steps = 0
        for cell in self.cells:
            if not pending:
                break
            for header, cost in self._headers_of(cell):
                steps += cost
                if header is not None and header.element is not cell.element:
                    pending.pop(id(header.element), None)
            if steps > _MOST_STEPS:
                return []
        return list(pending.values())

    # How it is made ------------------------------------------------------------------------

    def _fill(self) -> None:
        y = 0
        for group, rows in self._groups():
            first = y
            for row in rows:
                self._fill_row(row, y, first + len(rows))
                y += 1
                if self.is_too_large:
                    return
            if group is not None:
                self._row_groups.append((first, y))
        self.height = y

    def _groups(self) -> Iterator[tuple[Element | None, list[Element]]]:
        loose: list[Element] = []
        for part in self.element.parts:
            if part.tag in ("thead", "tbody", "tfoot"):
                yield part, [row for row in part.parts if row.tag == "tr"]
            elif part.tag == "tr":
                loose.append(part)
        if loose:
            yield None, loose

    def _fill_row(self, row: Element, y: int, end: int) -> None:
        x = 0
        for element in row.parts:
            if element.tag not in ("td", "th"):
                continue
            while (x, y) in self._slots:
                x += 1
            width = _span(element, "colspan")
            height = _span(element, "rowspan")
            # 0 means: to the end of the row group.
            height = end - y if height == 0 else min(height, end - y)
            cell = Cell(element, x, y, max(width, 1), max(height, 1))
            self.cells.append(cell)
            for row_number in range(y, y + cell.height):
                for column in range(x, x + cell.width):
                    taken = (column, row_number) in self._slots
                    self._slots[column, row_number] = None if taken else cell
            x += cell.width
            self.width = max(self.width, x)

    # Headers -------------------------------------------------------------------------------

    def _headers_of(self, cell: Cell) -> Iterator[tuple[Cell | None, int]]:
        """Its header cells, each with the slots that were visited to find it."""
        if cell.element.has("headers"):
            named = set(cell.element.get("headers").split())
            for other in self.cells:
                if other.element.get("id") in named:
                    yield other, 0
            return
        for row in range(cell.y, cell.y + cell.height):
            yield from self._scan(cell, cell.x, row, -1, 0)
        for column in range(cell.x, cell.x + cell.width):
            yield from self._scan(cell, column, cell.y, 0, -1)
        for start, end in self._row_groups:
            if start <= cell.y < end:
                for header in self.headers:
                    within = start <= header.y <= cell.y and header.x <= cell.x + cell.width - 1
                    if header.scope == "rowgroup" and within:
                        yield header, 1
        for header in self.headers:
            is_above = header.x <= cell.x < header.x + header.width and header.y < cell.y
            if header.scope == "colgroup" and is_above:
                yield header, 1

    def _scan(
        self, cell: Cell, x: int, y: int, step_x: int, step_y: int
    ) -> Iterator[tuple[Cell | None, int]]:
        opaque: list[Cell] = []
        in_block = cell.is_header
        block = [cell] if in_block else []
        steps = 0
        while True:
            x, y, steps = x + step_x, y + step_y, steps + 1
            if x < 0 or y < 0:
                break
            current = self.at(x, y)
            if current is None or current is cell:
                continue
            if not current.is_header:
                if in_block:
                    in_block = False
                    opaque += block
                    block = []
                continue
            in_block = True
            block.append(current)
            if step_x == 0:
                is_blocked = not self.is_column_header(current) or any(
                    (o.x, o.width) == (current.x, current.width) for o in opaque
                )
            else:
                is_blocked = not self.is_row_header(current) or any(
                    (o.y, o.height) == (current.y, current.height) for o in opaque
                )
            if not is_blocked and not current.is_empty:
                yield current, 0
        yield None, steps

    def is_column_header(self, cell: Cell) -> bool:
        if cell.element.tag != "th":
            return cell.element.role == "columnheader"
        if cell.scope in ("col", "row", "colgroup", "rowgroup"):
            return cell.scope == "col"
        return cell.y not in self._rows_with_data

    def is_row_header(self, cell: Cell) -> bool:
        if cell.element.tag != "th":
            return cell.element.role == "rowheader"
        if cell.scope in ("col", "row", "colgroup", "rowgroup"):
            return cell.scope == "row"
        return cell.y in self._rows_with_data and cell.x not in self._columns_with_data

    @cached_property
    def _data(self) -> list[Cell]:
        """Cells that keep a header from heading its row or column; not so the empty corner."""
        return [cell for cell in self.cells if not cell.is_header and not cell.is_empty]

    @cached_property
    def _rows_with_data(self) -> set[int]:
        return {
            y for c in self._data for y in range(c.y, c.y + c.height)
        }  # fmt: skip

    @cached_property
    def _columns_with_data(self) -> set[int]:
        return {
            x for c in self._data for x in range(c.x, c.x + c.width)
        }  # fmt: skip


def _span(element: Element, name: str) -> int:
    written = element.get(name).strip()
    return min(int(written), 1000) if written.isascii() and written.isdigit() else 1


def tables(page: Snapshot) -> Iterator[Element]:
    """The `table` elements that readers meet."""
    for element in page.elements("table"):
        if element.is_rendered and not element.has("aria-hidden"):
            yield element


def is_named(table: Element) -> bool:
    """Whether it bears a name besides a caption."""
    return any(table.get(name).strip() for name in ("aria-label", "aria-labelledby", "title"))
