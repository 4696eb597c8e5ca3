"""OB810: the organisation stated in one place contradicts another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.counting import whole
from openbook.rules.scan import scan
from openbook.source import RawTable

_STATED = re.compile(
    r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*[个家](?:所属|下属)(?:预算|事业)?单位"
    r"|(?:所属|下属)(?:预算|事业)?单位\s*(?P<after>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*[个家]"
)
_OWN = re.compile(r"本级|机关|本部")


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    text = scan(document)
    table = _unit_table(document)
    if table is None:
        return
    below = [row for row in table.rows[1:] if row[0].text and not _OWN.search(row[0].text)]
    for match in text.search(_STATED, "所属", "下属"):
        stated = whole(match["count"] or match["after"])
        if stated == 0 or stated == len(below):
            continue
        yield Finding(
            code="OB810",
            message=f"文中称有 {stated} 个下属单位，机构设置表却列出 {len(below)} 个（不含本级）。"
            "如所属单位并入本级核算，请在机构设置中说明。",
            locations=(
                text.match(match, role="stated"),
                Location.text(table.rows[0][0].place, table.rows[0][0].text, "proof"),
            ),
            key=("organisation", "subordinate-units"),
            expected=str(len(below)),
            actual=str(stated),
        )


def _unit_table(document: Document) -> RawTable | None:
    """The table 单位名称 | 单位性质 | 单位规格 | 经费保障形式."""
    for table in document.source.tables():
        header = [cell.text.replace(" ", "") for cell in table.rows[0]] if table.rows else []
        if header and header[0] == "单位名称" and "单位性质" in header:
            return table
    return None


RULE = Rule(
    code="OB810",
    name="organisation-contradicts-itself",
    title="机构情况前后不一",
    severity=Severity.INFO,
    basis="财预〔2016〕143号《地方预决算公开操作规程》（部门职责、机构设置情况）",
    what="文中提到的下属单位个数，与机构设置表所列单位数比较。",
    why="两处口径不同，公众分不清预算是否包括下属单位。",
    bad="机构设置表只列本级一家，绩效部分却写“2个下属事业单位”",
    good="机构设置表列出本级和2个下属事业单位，或注明其并入本级核算",
    mend="补齐机构设置表，或说明未单列的原因。",
    check=check,
)
