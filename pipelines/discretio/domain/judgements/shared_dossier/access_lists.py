"""ART3-2-ART9-10-34: who holds sensitive data lists who has access to them (bill art. 3 §2 al. 2).

Articles 9 and 10 §2 of the law of 30 July 2018 for the GDPR, article 34 for title 2: all of them, by regime.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import Circumstances, day, does_not_apply, fails, judged, known, listed, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.shared_dossier.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART3-2-ART9-10-34"


@dataclass(frozen=True, slots=True)
class Facts:
    """One controller.

    Attributes:
        sensitive: the types of sensitive data among what it introduced (empty if none): HEALTH, GENETIC, BIOMETRIC, CRIMINAL
            under the GDPR, T2_SPECIAL under title 2.
        on_lists: the types for which it keeps a list; empty if for none.
        oldest_update: when the oldest of these lists was updated.
        role_changed_at: when the role of one of its users last changed.
        read_by_unlisted: whether somebody of no listed category read such data.
        read_without_duty: whether somebody without a duty of confidentiality did.
    """

    sensitive: str | None = None
    on_lists: str | None = None
    oldest_update: datetime | None = None
    role_changed_at: datetime | None = may_lack("no role ever changed")
    read_by_unlisted: bool | None = None
    read_without_duty: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A list for each type of data, up to date, and nobody else read them."""
    held = listed(facts.sensitive, "special_declared")
    if not held:
        return does_not_apply(Reason.NOTHING_SENSITIVE)
    if held - listed(facts.on_lists, "data_type"):
        return fails(Reason.NO_ACCESS_LIST)
    updated = day(known(facts.oldest_update, "updated_at"))
    if under.term("access_list.update_within").after(updated) < under.as_of:
        return fails(Reason.ACCESS_LIST_OUTDATED)
    if facts.role_changed_at is not None and updated < day(facts.role_changed_at):
        return fails(Reason.ACCESS_LIST_OLDER_THAN_ROLE)
    if known(facts.read_by_unlisted, "persons_category"):
        return fails(Reason.READ_BY_UNLISTED)
    return fails(Reason.READ_WITHOUT_DUTY) if known(facts.read_without_duty, "user_key") else passes(Reason.ACCESS_LISTED)
