"""Whatever is wrong in a policy file is refused, with the file, the line and how to mend it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from discretio.errors import EXIT_USAGE, PolicyError
from discretio.policy_files import check_policies, load_authorities, load_policy, special_class_labels
from policy_files.copies import Copy

AS_OF = date(2026, 11, 21)
SET = "BE-BILL-56-0485"
CAP = "be/bill_56_0485/art2_retention_cap.yaml"
INSTRUMENT = "be/bill_56_0485/instrument.yaml"
CATEGORIES = "be/bill_56_0485/art2_categories.yaml"
CLASSES = "be/bill_56_0485/art2_special_classes.yaml"
K = "defaults/suppression_k.yaml"
SHARE = "defaults/purge_cap_share.yaml"
MODE = "defaults/retention_mode.yaml"
RULE = "rules/ART8-ERASURE.yaml"
SETS = f"policy_sets/{SET}.yaml"
ROUTES = "authorities/routes.yaml"
AUTHORITIES = "authorities/authorities.yaml"
ADOPTION = "adoption.yaml"
REFERENCE = "    reference:\n      title: DOC 56 0485/001\n"


@dataclass(frozen=True)
class Wrong:
    """One mistake: in which file what becomes what, the text on the line to be named, and words of the message."""

    promise: str
    file: str
    old: str
    new: str
    at: str
    says: str


WRONG = [
    Wrong("unknown key", CAP, "unit: term", "unit: term\ncolour: red", "colour", "nobody knows the key colour"),
    Wrong("unknown key deep down", CAP, "      title:", "      titel: x\n      title:", "titel", "nobody knows the key titel"),
    Wrong("duplicate key", CAP, "unit: term", "unit: term\nunit: words", "unit: words", "the key unit stands twice"),
    Wrong("duplicate date", MODE, "  2017-08-03:", "  2017-08-03: {}\n  2017-08-03 :", "2017-08-03 :", "stands twice"),
    Wrong("missing key", INSTRUMENT, "status: BILL\n", "", "id:", "the key status is missing"),
    Wrong("value without reference", CAP, REFERENCE, "    source:\n      title: x\n", "value:", "the key reference is missing"),
    Wrong("reference without ground", K, "      reason:", "      article:", "title:", "neither a phrase"),
    Wrong("impossible date", INSTRUMENT, "2024-10-03\nvalid_to", "2023-02-30\nvalid_to", "2023-02-30", "2023-02-30"),
    Wrong("impossible date as a key", CAP, "  2024-10-03:", "  2025-02-29:", "2025-02-29", "not a date that exists"),
    Wrong("date in quotes", INSTRUMENT, "2024-10-03\nvalid_to", "'2024-10-03'\nvalid_to", "valid_from", "a date"),
    Wrong("no ISO 8601 term", CAP, "value: P30Y", "value: 30 jaar", "30 jaar", "‘30 jaar’ is not a term"),
    Wrong("term of zero", CAP, "value: P30Y", "value: P0D", "P0D", "not a term"),
    Wrong("term as a number", CAP, "value: P30Y", "value: 30", "value: 30", "a term is expected"),
    Wrong("missing language", CAP, "  de: ", "  # de: ", "fr:", "the key de is missing"),
    Wrong("empty text", CAP, "title: DOC 56 0485/001", "title: ''", "title", "is not a text"),
    Wrong("unknown status", INSTRUMENT, "status: BILL", "status: DRAFT", "DRAFT", "‘DRAFT’ is not one of LAW"),
    Wrong("unknown unit", CAP, "unit: term", "unit: years", "unit: years", "‘years’ is no unit"),
    Wrong("text for a number", K, "value: 5", "value: five", "five", "a whole number is expected"),
    Wrong("number below zero", K, "value: 5", "value: -5", "-5", "not a whole number"),
    Wrong("share above one", SHARE, "value: 0.10", "value: 1.10", "1.10", "not a share"),
    Wrong("word that the file doesn't allow", MODE, "value: ANNIVERSARY", "value: BIRTHDAY", "parameter", "‘BIRTHDAY’"),
    Wrong("passage instead of a phrase", CAP, "fr: trente ans", f"fr: {'trente ans ' * 20}", "trente ans", "not a phrase"),
    Wrong("table for a text", CAP, "title: DOC 56 0485/001", "title: {x: y}", "title", "a text is expected"),
    Wrong("text for a table", CAP, "    reference:\n", "    reference: none\n    x:\n", "ce: none", "a table is"),
    Wrong("text for a list", RULE, "does: [DETECT,", "does: DETECT #", "does", "a list is expected"),
    Wrong("parameter name without a dot", CAP, "parameter: retention.cap", "parameter: cap", "cap", "the name of a parameter"),
    Wrong("broken YAML", CAP, "unit: term", "unit: [term", "values:", "this is no YAML"),
    Wrong("tab", CAP, "  fr:", "\tfr:", "\tfr", "this is no YAML"),
    Wrong("anchor", CAP, "value: P30Y", "value: &cap P30Y", "&cap", "an anchor"),
    Wrong("tag", CAP, "value: P30Y", "value: !!python/none P30Y", "!!python", "a tag"),
    Wrong("two documents", CAP, "unit: term", "---\nunit: term", "---", "this is no YAML"),
    Wrong("value older than its instrument", CAP, "  2024-10-03:", "  2024-10-02:", "2024-10-02", "older than its instrument"),
    Wrong("fifteen categories", CATEGORIES, "number: 16", "number: 15", "reference", "numbered"),
    Wrong("unknown flag", CATEGORIES, "[ethnic_origin]", "[origin]", "[origin]", "‘origin’ is not one of health"),
    Wrong("rule of a force that its instrument lacks", RULE, "force: BILL", "force: LAW", "force: LAW", "is BILL, not LAW"),
    Wrong("unknown severity", RULE, "severity: critical", "severity: fatal", "fatal", "‘fatal’ is not one of critical"),
    Wrong("instrument that isn't there", SETS, "  - defaults", "  - customs", "customs", "no instrument in the folder customs"),
    Wrong("instrument outside the folder", SETS, "  - defaults", "  - ../policies/defaults", "../pol", "no instrument"),
    Wrong("policy set under another name", SETS, f"id: {SET}", "id: OTHER", "id: OTHER", "named after"),
    Wrong("adoption by nobody", ADOPTION, "adopted_at: null", "adopted_at: 2026-01-01", "adopted_by: null", "both who"),
    Wrong("adoption forgotten", ADOPTION, f"{SET}:\n", "OTHER:\n", "OTHER", f"the adoption of {SET} is missing"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=[wrong.promise for wrong in WRONG])
def test_a_wrong_file_is_refused_with_its_line(policies: Copy, wrong: Wrong) -> None:
    policies.replace(wrong.file, wrong.old, wrong.new)
    with pytest.raises(PolicyError) as caught:
        load_policy(policies.folder, SET, AS_OF)
    error = caught.value
    assert error.where == f"{wrong.file}:{policies.line(wrong.file, wrong.at)}"
    assert wrong.says in error.what
    assert error.remedy
    assert error.exit_code == EXIT_USAGE
    assert error.where in [found.where for found in check_policies(policies.folder)]


WRONG_NAMES = [
    Wrong("unknown authority", ROUTES, "authority: coc", "authority: cocc", "cocc", "‘cocc’ is not one of apd"),
    Wrong("authority that has no name", AUTHORITIES, "vtc:", "coc2:", "coc2", "‘coc2’ is not one of apd"),
    Wrong("kind without a route", ROUTES, "OCAM: #", "CUTA: #", "CUTA", "‘CUTA’ is not one of"),
    Wrong("no authority and no reason", ROUTES, ", because: CONTRADICTORY", "", "T2: {", "‘because’ belongs to"),
    Wrong("special class that is missing", CLASSES, "  genetic:", "  genetics:", "genetics", "‘genetics’ is not one of health"),
]


@pytest.mark.parametrize("wrong", WRONG_NAMES, ids=[wrong.promise for wrong in WRONG_NAMES])
def test_a_wrong_name_is_refused_with_its_line(policies: Copy, wrong: Wrong) -> None:
    policies.replace(wrong.file, wrong.old, wrong.new)
    load = special_class_labels if wrong.file == CLASSES else load_authorities
    with pytest.raises(PolicyError) as caught:
        load(policies.folder)
    assert caught.value.where == f"{wrong.file}:{policies.line(wrong.file, wrong.at)}"
    assert wrong.says in caught.value.what
    assert caught.value.where in [found.where for found in check_policies(policies.folder)]


def test_a_regime_without_a_route_is_refused(policies: Copy) -> None:
    policies.replace(ROUTES, "  T3: {authority: comite_r, certainty: H}\n", "")
    with pytest.raises(PolicyError, match="INTELLIGENCE under T3 has no route") as caught:
        load_authorities(policies.folder)
    assert caught.value.where == f"{ROUTES}:{policies.line(ROUTES, 'INTELLIGENCE')}"


def test_a_file_that_is_not_utf_8_is_refused_at_the_line_of_the_first_wrong_byte(policies: Copy) -> None:
    path = policies.folder / CAP
    path.write_bytes(path.read_bytes().replace("Délai".encode(), "Délai".encode("latin-1"), 1))
    with pytest.raises(PolicyError, match="not written in UTF-8") as caught:
        load_policy(policies.folder, SET, AS_OF)
    assert caught.value.where == f"{CAP}:3"


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(policies: Copy, shipped: Path) -> None:
    before = load_policy(shipped, SET, AS_OF)
    path = policies.folder / CAP
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_policy(policies.folder, SET, AS_OF).sha256 == before.sha256


@pytest.mark.parametrize("content", [b"", b"# nothing but a comment\n", b"\x00", b"[" * 700, b"- a\n- b\n", b"just words\n"])
def test_a_file_that_holds_no_table_is_refused(policies: Copy, content: bytes) -> None:
    (policies.folder / INSTRUMENT).write_bytes(content)
    with pytest.raises(PolicyError) as caught:
        load_policy(policies.folder, SET, AS_OF)
    assert caught.value.where == f"{INSTRUMENT}:1"


@pytest.mark.parametrize("name", [ADOPTION, AUTHORITIES, ROUTES])
def test_a_file_that_is_missing_is_named(policies: Copy, name: str) -> None:
    (policies.folder / name).unlink()
    load = (
        (lambda: load_policy(policies.folder, SET, AS_OF)) if name == ADOPTION else (lambda: load_authorities(policies.folder))
    )
    with pytest.raises(PolicyError, match="missing") as caught:
        load()
    assert caught.value.where == f"{name}:1"


@pytest.mark.parametrize("policy_set_id", ["NO-SUCH-SET", "../adoption", ""])
def test_an_unknown_policy_set_is_refused_with_those_that_exist(shipped: Path, policy_set_id: str) -> None:
    with pytest.raises(PolicyError, match="there is no policy set") as caught:
        load_policy(shipped, policy_set_id, AS_OF)
    assert "BE-BILL-56-0485, BE-FUTURE-LAW, BE-LAW-LIVC-2018, GDPR-BASE" in caught.value.remedy


def test_a_folder_that_holds_no_policies_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="there is no policy set") as caught:
        load_policy(tmp_path, SET, AS_OF)
    assert "no policies folder" in caught.value.remedy
    assert [error.what for error in check_policies(tmp_path)] == ["there is no policy set here"]


def test_two_files_of_one_instrument_may_not_set_the_same_parameter(policies: Copy) -> None:
    policies.replace(K, "suppression.k", "suppression.k_special")
    with pytest.raises(PolicyError, match=r"another file of this instrument sets suppression\.k_special"):
        load_policy(policies.folder, SET, AS_OF)
