"""The data of topics and concepts is whole."""

from openbook.narrative.vocabulary import concepts, fold, topics

_KINDS = {
    "summary", "revenue", "expenditure", "appropriation", "general_expenditure", "general_basic",
    "fund_expenditure", "state_capital", "three_public", "operating", "three_public_operating",
}  # fmt: skip


def test_cells_name_known_statements():
    paths = [
        path
        for by_topic in concepts().cells.values()
        for candidates in by_topic.values()
        for candidate in candidates
        for path in candidate
    ]
    assert {path.kind for path in paths} <= _KINDS


def test_topics_of_cells_exist():
    known = {topic.key for topic in topics()} | {"*"}
    assert all(set(by_topic) <= known for by_topic in concepts().cells.values())


def test_sums_name_concepts():
    known = set(concepts().cells)
    for rule in concepts().sums:
        assert rule.whole | rule.parts <= known


def test_folding_forgets_quotes_brackets_and_blanks():
    assert fold("“三公” 经费") == fold('"三公"经费') == "三公经费"
    assert fold("因公出国（境）费") == fold("因公出国(境)费")
