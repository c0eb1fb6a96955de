"""The API keeps to its own description, whatever it is asked: schemathesis makes the questions, write calls included."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.web.makers import Served

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed; the description is not tried")

EXAMPLES = 12  # questions for each address; every run asks the same
ADDRESSES = frozenset({
    "GET /api/v1/brief/{host}", "GET /api/v1/document/{doc_id}", "GET /api/v1/documents", "GET /api/v1/events",
    "GET /api/v1/forecast/{host}", "GET /api/v1/influence/{host}", "GET /api/v1/ledger", "GET /api/v1/links",
    "GET /api/v1/map", "GET /api/v1/next", "GET /api/v1/record/{record_id}", "GET /api/v1/review/conflicts",
    "GET /api/v1/review/log", "GET /api/v1/review/queue", "GET /api/v1/review/rejected", "GET /api/v1/search",
    "GET /api/v1/shifts/{host}", "GET /api/v1/silences", "GET /api/v1/statements", "GET /api/v1/store",
    "GET /api/v1/ties", "POST /api/v1/review/accept", "POST /api/v1/review/add", "POST /api/v1/review/edit",
    "POST /api/v1/review/merge", "POST /api/v1/review/reject", "POST /api/v1/review/split", "POST /api/v1/review/undo",
})  # fmt: skip


KNOWN = {
    "host": "TJK", "country": "TJK", "power": ["CHN"], "rival": "RUS", "actor": "CHN", "since": "2012", "until": "2016-12",
    "on": "2016-12-01", "as_of": "2017", "as_known_on": "2099", "region": "central-asia", "year": "2016", "q": "drill",
    "status": "asserted",
}  # fmt: skip


def operations(desk: Served) -> Iterator[Any]:
    schema = schemathesis.openapi.from_dict(desk.get("/api/openapi.json").json)
    for result in schema.get_all_operations():
        yield result.ok()


def tried(operation: Any, desk: Served, headers: dict[str, str]) -> list[int]:
    """Ask one address many things; each answer is as the description has it. Gives the statuses."""
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    seen: list[int] = []
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    cases = st.one_of([operation.as_strategy(generation_mode=m) for m in modes])

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases, known=st.booleans())
    def ask(case: Any, *, known: bool) -> None:
        if known:  # words that mean something, so that questions come further than to the first refusal
            for told in (case.path_parameters, case.query):
                told.update({k: KNOWN[k] for k in told if k in KNOWN})
            case.path_parameters.update({k: desk.ids["drill"] for k in case.path_parameters if k == "record_id"})
            case.path_parameters.update({k: "mixed" for k in case.path_parameters if k == "doc_id"})
        answer = case.call(base_url=desk.address, headers=headers)
        seen.append(answer.status_code)
        case.validate_response(
            answer,
            checks=[
                not_a_server_error,
                status_code_conformance,
                content_type_conformance,
                response_schema_conformance,
            ],
        )

    ask()
    return seen


def test_every_address_keeps_to_the_description(desk: Served):
    headers = {"Authorization": f"Bearer {desk.writer.token}"}
    seen = {o.label: tried(o, desk, headers) for o in operations(desk)}
    assert set(seen) == ADDRESSES
    assert all(len(statuses) >= 1 for statuses in seen.values())
    assert {200, 400, 404, 422} <= {s for statuses in seen.values() for s in statuses}


def test_write_calls_without_the_token_are_refused_as_described(desk: Served):
    for operation in operations(desk):
        if operation.method == "post":
            assert not {s for s in tried(operation, desk, {}) if s < 400}, operation.label
