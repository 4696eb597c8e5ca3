"""A matter, and files that are sent to its dossier."""

import io

from onewindow.kernel.actor import Actor
from onewindow.kernel.api import Subject, begin, receive
from tests.onewindow.dossiers import papers
from tests.onewindow.people import APPLICANT

SUBJECT = Subject("bureau", "食品经营许可", "p-1")
STRANGER = Actor("a-stranger", "别人", parties=frozenset({"p-2"}))
PDF = papers.pdf()


def opened():
    return begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=SUBJECT).matter.id


def send(matter, content=PDF, name="申请书.pdf", document="申请书", actor=APPLICANT):
    return receive(matter, document, io.BytesIO(content), name, actor)
