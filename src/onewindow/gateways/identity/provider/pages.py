"""Pages of the local identity service."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from onewindow.gateways.identity.provider.citizens import LEVELS, Invented

STYLE = """
body { font: 1rem/1.7 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 0; color: #1b2126; background: #f4f5f3; }
main { max-width: 34rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border: 1px solid #d5d9d8; border-radius: .25rem; }
h1 { font-size: 1.5rem; margin: 0 0 .75rem; }
label { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; padding: .25rem .5rem; border-bottom: 1px solid #d5d9d8; }
input { width: 1.375rem; height: 1.375rem; flex: none; }
small { color: #4b565e; display: block; }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.5rem; margin: 1.5rem .75rem 0 0; color: #fff; background: #14506e; border: 2px solid #14506e; border-radius: .25rem; cursor: pointer; }
button.second { color: #14506e; background: #fff; border-color: #6f787e; font-weight: 400; }
.note { border-left: 4px solid #6a4a00; background: #fdf2cc; padding: .5rem 1rem; }
:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
"""


def page(title: str, content: str) -> str:
    """A whole page. `content`: HTML."""
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/style.css"></head>'
        f"<body><main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )


def said(title: str, text: str) -> str:
    """A page that says one thing."""
    return page(title, f"<p>{escape(text)}</p>")


def choosing(ticket: str, known: Iterable[Invented]) -> str:
    """The page on which somebody says who he is. `ticket`: number of the question that it answers."""
    rows = "".join(
        f'<label><input type="radio" name="subject" value="{escape(one.subject)}" required>'
        f"<span>{escape(one.name)}<small>{escape(LEVELS[one.level])}</small></span></label>"
        for one in known
    )
    return page(
        "本机统一身份认证",
        '<p class="note">这是演示和测试用的身份认证服务，下面的人都是虚构的。</p>'
        '<form method="post" action="/authorize">'
        f'<input type="hidden" name="ticket" value="{escape(ticket)}">{rows}'
        '<button>登录</button><button class="second" name="cancel" value="yes" formnovalidate>取消</button></form>',
    )
