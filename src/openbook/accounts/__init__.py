"""The classification of accounts (政府收支分类科目), data by fiscal year."""

from openbook.accounts.classification import Account, Classification, Mapped, classification, kind_of
from openbook.accounts.judging import Judgement, Verdict, judge
from openbook.accounts.names import alike, plain, stem

__all__ = [
    "Account",
    "Classification",
    "Judgement",
    "Mapped",
    "Verdict",
    "alike",
    "classification",
    "judge",
    "kind_of",
    "plain",
    "stem",
]
