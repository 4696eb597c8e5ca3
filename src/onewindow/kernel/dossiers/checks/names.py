"""Names of files as people send them: what has no place in a name is taken out, the extension must be true."""

from __future__ import annotations

import unicodedata

from onewindow.kernel.dossiers.checks.kinds import KINDS
from onewindow.kernel.dossiers.checks.verdict import Unfit

LONGEST = 120  # characters
LONGEST_SENT = 4096
_FORBIDDEN = dict.fromkeys(map(ord, '<>:"|?*'), "_")  # Windows takes no name with these
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10)))
)
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")  # Cf holds the marks that turn the direction of writing


def cleaned(sent: str) -> str:
    """The name without folders, control and invisible characters and what file systems refuse; not too long.

    Cleaning a cleaned name changes nothing. Raises Unfit where nothing is left, or where it is absurdly long.
    """
    if len(sent) > LONGEST_SENT:
        raise Unfit("name-too-long", "文件名太长，请改成简短的名称（如“营业执照.pdf”）后再上传。")
    last = sent.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(" " if char.isspace() else char for char in last if char.isspace() or _visible(char))
    name = _trimmed(unicodedata.normalize("NFC", shown).translate(_FORBIDDEN))
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or len(extension) > 10:
        stem, extension = name, ""
    if stem.split(".")[0].strip().lower() in _RESERVED:
        stem = f"_{stem}"
    stem = _trimmed(stem[: LONGEST - len(extension) - 1])
    if not stem or not any(char.isalnum() for char in stem):
        raise Unfit(
            "name-missing", "文件没有可用的名称，请改成能说明内容的名称（如“营业执照.pdf”）后再上传。"
        )
    return f"{stem}.{extension}" if extension else stem


def agreeing(name: str, kind: str) -> str:
    """The name with an extension of its kind; one that has none gets it.

    Raises Unfit where the name says that the file is something else.
    """
    what = KINDS[kind]
    extension = _extension(name)
    if not extension:
        return f"{name[: LONGEST - len(what.extensions[0]) - 1].rstrip(' .')}.{what.extensions[0]}"
    if extension in what.extensions:
        return name
    raise Unfit(
        "name-mismatch",
        f"文件名以“.{extension}”结尾，内容却是{what.title}。请确认没有选错文件，并把扩展名改为"
        f"“.{what.extensions[0]}”后再上传。",
    )


def _extension(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    plain = extension.isascii() and extension.isalnum() and any(map(str.isalpha, extension))
    return extension.lower() if dot and stem and plain and len(extension) <= 10 else ""


def _trimmed(name: str) -> str:
    return " ".join(name.split()).strip(" .")


def _visible(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE
