"""Who writes and who is written to: names behind a greeting, under a letter, or at the head of a line of a conversation.

In a dossier colleagues write to one another: a given name there is a professional's. Formal letters, which a party writes or
receives, greet and sign otherwise. Who speaks in a forwarded conversation is rarely the person that it is about.
"""

from __future__ import annotations

import re

from discretio.domain.detections import About, Detection

_BEFORE, _BEHIND = 40, 120
_GREETING = re.compile(
    r"\n ?(?:dag|beste|hallo|hoi|ha|goeie?n?dag|goeie?morgen|goede(?:morgen|middag|navond)|bonjour|bonsoir|salut|coucou"
    r"|(?:ma |mon )?ch[eè]re?|hello|hi|hey|hiya|(?:good )?(?:morning|afternoon)|dear|lieber?|guten (?:morgen|tag|abend)|moin"
    r"|servus) $",
    re.IGNORECASE,
)
_HIMSELF = re.compile(r" (?:hier|ici|here)\b", re.IGNORECASE)
_FAREWELL = re.compile(
    r"\b(?:groet(?:en|jes)?|mvg|gr|grtz|grtjs|m\.v\.g|cordialement|bien à (?:vous|toi)|mfg|gr(?:uß|uss|üße|üsse)|regards|cheers"
    r"|lg|vg|bàv|bàt|bises|merci|bedankt|thanks|danke)[ .,!;\n–—-]{1,4}$",
    re.IGNORECASE,
)
_LINE = r"\n(?:\[?[0-9]{1,2}[:.h][0-9]{2}\]? )?"
_LINE_HEAD, _SAYS = re.compile(_LINE + "$"), re.compile(r" ?(?:\([^)\n]{1,20}\) ?)?:(?=[ \n])")
_OTHER_LINE = re.compile(_LINE + r"[A-ZÀ-Þ][\w-]{1,20} ?(?:\([^)\n]{1,20}\) ?)?: ")


def as_correspondent(found: Detection, text: str) -> Detection:
    """A name, with what its place in a letter or a conversation says of it; names of kin stay those of kin."""
    if found.about is not About.SUBJECT:
        return found
    before = ("\n" + text[: found.start])[-_BEFORE:] if found.start < _BEFORE else text[found.start - _BEFORE : found.start]
    behind = text[found.end : found.end + _BEHIND]
    if _GREETING.search(before) and not _HIMSELF.match(behind):
        return found._replace(about=About.PROFESSIONAL, why=f"{found.why}; behind a greeting: a professional")
    if _FAREWELL.search(before):
        return found._replace(about=About.PROFESSIONAL, why=f"{found.why}; under a letter: a professional")
    if _LINE_HEAD.search(before) and _SAYS.match(behind) and _OTHER_LINE.search(behind):
        return found._replace(about=About.CONTACT, why=f"{found.why}; speaks in a conversation: a contact")
    return found
