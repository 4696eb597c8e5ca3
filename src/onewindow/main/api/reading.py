"""What comes in is read strictly: one meaning for every request, and every fault of it told at once.

JSON as RFC 8259 allows it leaves things open that lead to two readers of one text (names twice, NaN, numbers that
lose digits, half characters); here they are refused. Members are checked against the same JSON Schema that the
OpenAPI document shows, so the two cannot differ; of JSON Schema only the words in `_CHECKS` are known.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from onewindow.main.problems import Fault, Problem, pointed

MOST_BYTES = 256 * 1024
DEEPEST = 24
_MOST_DIGITS = 20
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}
Schema = Mapping[str, Any]


class _Unreadable(ValueError):
    """`args`: what is wrong, for people."""


def read_json(body: bytes) -> Any:
    """The value of a JSON text. Raises Problem json-invalid."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
        _check_depth(value, 0)
    except _Unreadable as error:
        raise Problem("json-invalid", str(error)) from None
    except UnicodeDecodeError as error:
        told = _("第{place}个字节起不是 UTF-8 文字。").format(place=error.start + 1)
        raise Problem("json-invalid", told) from None
    except json.JSONDecodeError as error:
        told = _("第{line}行第{column}个字符处不合 JSON 的写法。").format(
            line=error.lineno, column=error.colno
        )
        raise Problem("json-invalid", told) from None
    except RecursionError:
        raise Problem("json-invalid", _deep()) from None
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Unreadable(_("成员“{name}”出现了两次。").format(name=_shown(twice)))
    return found


def _constant(name: str) -> float:
    raise _Unreadable(_("JSON 里没有 {name} 这样的数。").format(name=name))


def _float(text: str) -> float | int:
    value = float(text)
    if not math.isfinite(value) or len(text) > 2 * _MOST_DIGITS:
        raise _Unreadable(_("有一个数太大或太长，请改用文字。"))
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _int(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise _Unreadable(_("有一个数太大或太长，请改用文字。"))
    return int(text)


def _check_depth(value: Any, depth: int) -> None:
    """Also that all text is whole: no half of a surrogate pair, no U+0000, which the database cannot keep."""
    if depth > DEEPEST:
        raise _Unreadable(_deep())
    if type(value) is str:
        _check_text(value)
    elif type(value) is list:
        for item in value:
            _check_depth(item, depth + 1)
    elif type(value) is dict:
        for name, item in value.items():
            _check_text(name)
            _check_depth(item, depth + 1)


def _check_text(text: str) -> None:
    if "\0" in text or (not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)):
        raise _Unreadable(_("“{text}”含有空字符或不完整的字符（孤立的代理码元）。").format(text=_shown(text)))


def _deep() -> str:
    return _("嵌套超过{most}层。").format(most=DEEPEST)


def _shown(text: str) -> str:
    return text[:60].replace("\0", "␀").encode("utf-8", "replace").decode("utf-8")


# --- schemas --------------------------------------------------------------------------------


def checked(value: Any, schema: Schema) -> Any:
    """The value, where it fits. Raises Problem request-invalid with everything that does not."""
    if faults := [
        Fault("pointer", place or "#", code, detail) for place, code, detail in _faults(value, schema, "#")
    ]:
        raise Problem(
            "request-invalid", _("请求内容有{count}处不对。").format(count=len(faults)), errors=faults
        )
    return value


def queried(query: QueryDict, parameters: Mapping[str, Schema]) -> dict[str, Any]:
    """The parameters of a query, of their types; those with a default have it. Raises Problem request-invalid."""
    found = {name: schema["default"] for name, schema in parameters.items() if "default" in schema}
    faults = []
    for name, texts in query.lists():
        schema = parameters.get(name)
        if schema is None:
            told = _("没有这个参数；可用的有：{known}。").format(known="、".join(parameters) or _("没有"))
            faults.append(Fault("parameter", _shown(name), "unknown", told))
        elif len(texts) > 1:
            faults.append(Fault("parameter", name, "twice", _("只能写一次。")))
        else:
            found[name] = _typed(texts[0], schema)
            faults += [
                Fault("parameter", name, code, detail)
                for _place, code, detail in _faults(found[name], schema, "#")
            ]
    if faults:
        raise Problem(
            "request-invalid", _("请求参数有{count}处不对。").format(count=len(faults)), errors=faults
        )
    return found


def _typed(text: str, schema: Schema) -> Any:
    if schema["type"] == "integer" and re.fullmatch(r"-?[0-9]{1,15}", text, re.ASCII):
        return int(text)
    return text


Found = tuple[str, str, str]  # where (a JSON pointer), code, words


def _faults(value: Any, schema: Schema, place: str) -> Iterator[Found]:
    types = schema.get("type")
    if types is not None:
        allowed = [types] if isinstance(types, str) else types
        if type(value) not in [kind for name in allowed for kind in _TYPES[name]]:
            told = _("应为{types}。").format(types=_("或").join(_TITLES[name]() for name in allowed))
            yield place, "type", told
            return
    for word, check in _CHECKS.items():
        if word in schema:
            yield from check(value, schema[word], place)
    if isinstance(value, dict):
        yield from _members(value, schema, place)
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            yield from _faults(item, schema["items"], f"{place}/{number}")


def _members(value: dict[str, Any], schema: Schema, place: str) -> Iterator[Found]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{place}/{pointed(name)}", "missing", _("缺少这一项。")
    for name, item in value.items():
        where = f"{place}/{pointed(_shown(name))}"
        others = schema.get("additionalProperties", {})
        if name in known:
            yield from _faults(item, known[name], where)
        elif others is False:
            yield where, "unknown", _("没有这一项；可用的有：{known}。").format(known="、".join(known))
        else:
            yield from _faults(name, schema.get("propertyNames", {}), where)
            yield from _faults(item, others, where)


def _pattern(value: Any, pattern: str, place: str) -> Iterator[Found]:
    if isinstance(value, str) and not re.fullmatch(pattern, value, re.ASCII):
        yield place, "pattern", _("写法不对，应符合 {pattern}。").format(pattern=pattern)


def _enum(value: Any, allowed: list[Any], place: str) -> Iterator[Found]:
    if value not in allowed:
        yield place, "choice", _("应为其中之一：{allowed}。").format(allowed="、".join(map(str, allowed)))


def _long(value: Any, most: int, place: str) -> Iterator[Found]:
    if isinstance(value, str) and len(value) > most:
        yield place, "too-long", _("最多{most}个字，现有{count}个字。").format(most=most, count=len(value))


def _short(value: Any, least: int, place: str) -> Iterator[Found]:
    if isinstance(value, str) and len(value) < least:
        yield place, "too-short", _("至少{least}个字。").format(least=least)


def _least(value: Any, least: int, place: str) -> Iterator[Found]:
    if isinstance(value, int) and value < least:
        yield place, "too-small", _("最小为{least}。").format(least=least)


def _most(value: Any, most: int, place: str) -> Iterator[Found]:
    if isinstance(value, int) and value > most:
        yield place, "too-large", _("最大为{most}。").format(most=most)


def _many(value: Any, most: int, place: str) -> Iterator[Found]:
    if isinstance(value, list) and len(value) > most:
        yield place, "too-many", _("最多{most}项。").format(most=most)


_CHECKS: dict[str, Callable[[Any, Any, str], Iterator[Found]]] = {
    "enum": _enum,
    "pattern": _pattern,
    "maxLength": _long,
    "minLength": _short,
    "minimum": _least,
    "maximum": _most,
    "maxItems": _many,
}
_TITLES: dict[str, Callable[[], str]] = {
    "string": lambda: _("文字"),
    "integer": lambda: _("整数"),
    "boolean": lambda: _("是或否"),
    "object": lambda: _("对象"),
    "array": lambda: _("列表"),
    "null": lambda: _("空"),
}
