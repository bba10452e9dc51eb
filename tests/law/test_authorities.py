"""Routing: a kind and regime with no authority is told from one that nobody routed."""

from discretio.law.authorities import NO_AUTHORITY, AuthorityTable, NoAuthority

TABLE = AuthorityTable(
    authorities={},
    routes={("POLICE", "T2"): "coc", ("COURT", "T2"): NO_AUTHORITY},
    unrouted={("COURT", "T2"): NoAuthority.JURISDICTIONAL},
)


def test_an_authority_is_found_by_kind_and_regime() -> None:
    assert TABLE.authority_for("POLICE", "T2") == "coc"


def test_where_no_authority_is_competent_the_answer_is_none_with_its_reason() -> None:
    assert TABLE.authority_for("COURT", "T2") is None
    assert TABLE.unrouted["COURT", "T2"] is NoAuthority.JURISDICTIONAL


def test_an_unknown_kind_is_routed_nowhere() -> None:
    assert TABLE.authority_for("POLICE", "T3") is None
    assert ("POLICE", "T3") not in TABLE.unrouted
