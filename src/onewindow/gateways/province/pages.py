"""The one page of the local receiver: what came, and a form that makes it fail. No program of Django's runs here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from html import escape

from onewindow.gateways.province.store import Kept
from onewindow.kernel.legal_time import SHANGHAI

_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2430}"
    "article{border-top:1px solid #d5dbe3;padding:.75rem 0}h2{font-size:1.1rem;margin:0}p{margin:0 0 .5rem}"
    "form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:1rem 0}"
    "button,input,select{font:inherit;min-height:2.75rem;padding:.3rem .6rem}"
    "pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}"
)


def front(received: Iterable[Kept], failing: tuple[int, int], failures: Iterable[int]) -> str:
    """The page, as HTML."""
    left, status = failing
    options = "".join(f"<option{' selected' if one == status else ''}>{one}</option>" for one in failures)
    reports = "".join(map(_report, received)) or "<p>还没有收到报文。</p>"
    return (
        '<!doctype html><html lang="zh-Hans"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>本机省平台接收端</title><style>{_STYLE}</style>"
        "<main><h1>本机省平台接收端</h1><p>替代省平台接收上报：验签名、查字段、去重复。</p>"
        '<form method="post" action="/failing"><label>接下来 '
        f'<input name="times" type="number" min="0" max="1000" value="{left}" required> 次答复</label> '
        f'<label>HTTP <select name="status">{options}</select></label> <button>设定</button></form>'
        f"{reports}</main></html>"
    )


def _report(kept: Kept) -> str:
    at = datetime.fromtimestamp(kept.at_us // 1_000_000, SHANGHAI)
    told = json.loads(kept.body)
    shown = json.dumps(told, ensure_ascii=False, indent=1)
    again = f"，又来了 {kept.doubles} 次，没有重复记" if kept.doubles else ""
    return (
        f"<article><h2>{escape(told['projNo'])} {escape(told['handleStateName'])}</h2>"
        f"<p>{at:%Y-%m-%d %H:%M:%S} 收到{again}</p><pre>{escape(shown)}</pre></article>"
    )
