"""What dossiers refuse: each with a stable code and words for people (`kernel.errors`)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from onewindow.kernel.dossiers.checks.verdict import Unfit
from onewindow.kernel.dossiers.configured import WrongSetting
from onewindow.kernel.dossiers.scanning import ScannerUnavailable
from onewindow.kernel.dossiers.store import Altered, Missing, StoreError
from onewindow.kernel.errors import Refused

_log = logging.getLogger("onewindow.dossiers")


class FileRefused(Refused):
    """A file that does not become part of a dossier. `details["check"]`: the stable code of what was found."""

    code = "file-refused"

    def __init__(self, unfit: Unfit) -> None:
        super().__init__(unfit.message, check=unfit.code)


class DocumentsUnknown(Refused):
    """A step names documents that are not in the dossier of its matter."""

    code = "documents-unknown"


class DossierFull(Refused):
    """More than one matter can need, or more matters than one can begin in a day."""

    code = "dossier-full"


class Unavailable(Refused):
    """Store or scanner cannot be reached: nothing was received, nothing is lost."""

    code = "unavailable"


class DocumentLost(Refused):
    """What was received is not there any more, or is not what it was."""

    code = "document-lost"


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong with store and scanner: to people in their words, to the administrator in his."""
    try:
        yield
    except (Missing, Altered) as lost:
        _log.critical(lost.message)
        raise DocumentLost(
            _("这份材料在存储中丢失或已被改动，为避免误用不再提供。请告诉系统管理员从备份恢复。")
        ) from None
    except (StoreError, ScannerUnavailable) as error:
        _log.error(error.message)
        raise Unavailable(_("暂时不能收发材料，请过几分钟再试；仍不行请告诉系统管理员。")) from None
    except WrongSetting as error:
        _log.error(str(error))
        raise Unavailable(_("系统的材料设置有误，暂时不能收发材料，请告诉系统管理员。")) from None
