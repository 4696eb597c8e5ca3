"""Thousands of requests drawn from the OpenAPI document, by several roles, good and bad: all checks hold."""

from collections import Counter

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from tests.onewindow.api.conftest import BUREAU, NEIGHBOUR, PARTY, SECTION, SUBMIT, founded

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 15  # for each role


def configured(token, matters):
    """What is drawn is often something that exists, so that requests come further than to 404."""
    known = {
        "matters": matters,
        "kinds": ["permit", "journal"],
        "steps": ["submit", "accept", "correct", "withdraw", "propose"],
        "units": [BUREAU, SECTION, NEIGHBOUR],
        "owners": [PARTY, "p-2"],
    }
    drawn = {
        "path.matter": "matters",
        "path.kind": "kinds",
        "path.step": "steps",
        "body.kind": "kinds",
        "body.step": "steps",
        "body.unit": "units",
        "body.owner": "owners",
    }
    return SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "dictionaries": {name: {"values": values} for name, values in known.items()},
            "parameters": {place: {"dictionary": name, "probability": 0.8} for place, name in drawn.items()},
            "headers": {"Authorization": f"Bearer {token}"},
            "workers": 1,
            "continue-on-failure": True,
            "generation": {"max-examples": 25, "database": "none"},
            "checks": {
                # a body may fit its schema and yet not its procedure (422), or come after somebody else's (412)
                "positive_data_acceptance": {
                    "expected-statuses": ["2xx", "3xx", "401", "403", "404", "409", "412", "422"]
                },
            },
        }
    )


@pytest.mark.parametrize("who", ["window", "applicant", "audit-admin"])
def test_whatever_is_asked_is_answered_as_declared(who, settings, tmp_path, live_server):
    settings.STORAGE, settings.DOCUMENTS_INCOMING = str(tmp_path / "documents"), tmp_path / "incoming"
    bureau = founded()
    clerk = bureau.caller("window")
    matters = [clerk.post("matters", SUBMIT)["id"] for _each in range(5)] + ["J-a-window"]
    config = configured(bureau.token(who), matters)
    schema = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/openapi.json", config=config)
    schema.config.max_time = SECONDS
    schema.validate()
    statuses: Counter[str] = Counter()
    failures: dict[tuple[str, str], str] = {}
    for event in from_schema(schema).execute():
        assert not isinstance(event, FatalError), event
        if isinstance(event, NonFatalError):
            failures["", "error"] = str(event.info)
        if isinstance(event, ScenarioFinished):
            statuses.update(answered(event.recorder))
            failures.update(failed(event.recorder))
    assert not failures, "\n".join(f"{place}: {told}" for place, told in failures.items())
    assert statuses.total() > 300
    assert statuses["2xx"] > 20


def answered(recorder):
    for interaction in recorder.interactions.values():
        if interaction.response is not None:
            yield f"{interaction.response.status_code // 100}xx"


def failed(recorder):
    """What failed, each kind of failure of an operation once, with the request that showed it.

    A part of a form is text: what schemathesis sends there as a number is the text of a number, and right.
    """
    for case, checks in recorder.checks.items():
        is_form = "multipart" in str(recorder.cases[case].value.media_type)
        for check in checks:
            if check.failure_info is not None and not (is_form and check.name == "negative_data_rejection"):
                request = recorder.cases[case].value.as_curl_command()
                yield (recorder.label, check.name), f"{check.failure_info.failure}\n{request}"[:2000]
