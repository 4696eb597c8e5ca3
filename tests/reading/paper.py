"""Makes small PDFs from nothing: Chinese text in a font that no PDF has to carry, and lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 842, 595
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<<"
    b"/Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -141 1000 859]"
    b"/ItalicAngle 0/Ascent 859/Descent -141/CapHeight 700/StemV 80>>>>]>>"
)


class Page:
    """One page; coordinates count from the upper left corner, y to the top of the letters."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT, rotate: int = 0) -> None:
        self.width, self.height, self.rotate = width, height, rotate
        self.operators: list[str] = []
        self.extra = b""
        self.form = b""

    def put(self, operators: str) -> Page:
        self.operators.append(operators)
        return self

    def text(self, x: float, y: float, text: str, size: float = 12, before: str = "") -> Page:
        code = text.encode("utf-16-be").hex()
        base = self.height - y - 0.859 * size
        return self.put(f"q {before} BT /F {size} Tf 1 0 0 1 {x:.2f} {base:.2f} Tm <{code}> Tj ET Q")

    def flush(self, right: float, y: float, text: str, size: float = 12) -> Page:
        """Text that ends at the right."""
        width = sum(0.5 if letter.isascii() else 1 for letter in text) * size
        return self.text(right - width, y, text, size)

    def stroke(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        return self.put(f"1 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def as_form(self, matrix: str) -> Page:
        """A page that shows this one as a form object, moved by the matrix."""
        page = Page(self.width, self.height)
        page.form = (
            b"<</Type/XObject/Subtype/Form/BBox[-999 -999 1999 1999]/Matrix[%s]"
            b"/Resources<</Font<</F 3 0 R>>>>" % matrix.encode()
        ) + self.stream()
        return page.put("/X Do")

    def stream(self) -> bytes:
        content = "\n".join(self.operators).encode("latin-1")
        return b"/Length %d>>stream\n%s\nendstream" % (len(content), content)

    def bar(self, x0: float, y0: float, x1: float, y1: float, color: str = "0 g") -> Page:
        """A filled box; a thin one is how spreadsheets print a line."""
        return self.put(f"q {color} {x0} {self.height - y1} {x1 - x0} {y1 - y0} re f Q")

    def table(self, xs: list[float], ys: list[float], rows: list[list[str]], size: float = 10) -> Page:
        """All lines of a grid, and a text in each of its cells; line feeds part a cell's lines."""
        for y in ys:
            self.stroke(xs[0], y, xs[-1], y)
        for x in xs:
            self.stroke(x, ys[0], x, ys[-1])
        return self.fill(xs, ys, rows, size)

    def fill(self, xs: list[float], ys: list[float], rows: list[list[str]], size: float = 10) -> Page:
        for y, row in zip(ys, rows, strict=False):
            for x, cell in zip(xs, row, strict=False):
                for number, line in enumerate(cell.split("\n") if cell else []):
                    self.text(x + 3, y + 4 + number * size * 1.2, line, size)
        return self


def encode(pages: list[Page], info: dict[str, str] | None = None, font: bytes = FONT) -> bytes:
    objects: list[bytes] = [b"", b"", font]
    kids = []
    for page in pages:
        objects.append(b"<<" + page.stream())
        contents = len(objects)
        resources = b"/Font<</F 3 0 R>>"
        if page.form:
            objects.append(page.form)
            resources += b"/XObject<</X %d 0 R>>" % len(objects)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Rotate %d/Contents %d 0 R/Resources<<%s>>%s>>"
            % (page.width, page.height, page.rotate, contents, resources, page.extra)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    entries = b"".join(
        b"/%s<%s>" % (key.encode(), ("\ufeff" + value).encode("utf-16-be").hex().encode())
        for key, value in (info or {}).items()
    )
    objects.append(b"<<%s>>" % entries)
    return _file(objects)


PICTURE = "q 400 0 0 300 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"


def _file(objects: list[bytes]) -> bytes:
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(objects), len(body))
    )


def save(folder: Path, *pages: Page, **info: Any) -> str:
    path = folder / "公开.pdf"
    path.write_bytes(encode(list(pages), info))
    return str(path)
