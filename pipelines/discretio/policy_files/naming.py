"""What the policies call things: the authorities with their routes, and the special classes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from discretio.law.authorities import AuthorityTable, NoAuthority, ParticipantKind, Regime
from discretio.law.policy import Reference
from discretio.law.special_classes import Flag
from discretio.policy_files.instruments import SPECIAL_CLASSES, SpecialClass
from discretio.policy_files.library import ALERTS_FILE, AUTHORITIES_FILE, ROUTES_FILE
from discretio.policy_files.reading import Document, policy_error, read
from discretio.policy_files.routes import ALERTS, AUTHORITIES, ROUTES, Route


def load_authorities(folder: Path) -> AuthorityTable:
    """The supervisory authorities, and which one hears of which kind of participant under which regime (catalogue §6).

    Raises:
        PolicyError: a file is wrong, or a combination of kind and regime has no route.
    """
    authorities = read(folder, AUTHORITIES_FILE, AUTHORITIES)
    document = read(folder, ROUTES_FILE, ROUTES)
    routes = _complete(document)
    unknown = [key for key, route in routes.items() if route.authority not in authorities.content]
    if unknown:
        what = f"the authority {routes[unknown[0]].authority} is not in {AUTHORITIES_FILE}"
        raise document.error(what, "name an authority that is, or add it there", *unknown[0], "authority")
    because: dict[tuple[str, str], NoAuthority] = {
        key: route.because for key, route in routes.items() if route.because is not None
    }
    return AuthorityTable(
        authorities={name: file.authority(name) for name, file in authorities.content.items()},
        routes={key: route.authority for key, route in routes.items()},
        unrouted=because,
        alerts=read(folder, ALERTS_FILE, ALERTS).content if (folder / ALERTS_FILE).is_file() else {},
    )


def special_class_labels(folder: Path) -> Mapping[Flag, Mapping[str, str]]:
    """What each special class is called in fr, nl, en and de."""
    return {flag: special.labels for flag, special in _special_classes(folder).items()}


def special_class_references(folder: Path) -> Mapping[Flag, Reference]:
    """What makes each class a special one."""
    return {flag: special.reference for flag, special in _special_classes(folder).items()}


def _special_classes(folder: Path) -> Mapping[Flag, SpecialClass]:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*special_classes.yaml"))
    if len(names) != 1:
        what = f"{len(names)} files list the special classes"
        raise policy_error(names[1] if names else "special_classes.yaml", 1, what, "keep one such file")
    return read(folder, names[0], SPECIAL_CLASSES).content


def _complete(document: Document[dict[ParticipantKind, dict[Regime, Route]]]) -> dict[tuple[str, str], Route]:
    routes: dict[tuple[str, str], Route] = {}
    for kind in ParticipantKind:
        for regime in Regime:
            route = document.content.get(kind, {}).get(regime)
            if route is None:
                what = f"{kind} under {regime} has no route"
                raise document.error(what, "give it an authority, or none with the reason why", kind)
            routes[kind, regime] = route
    return routes
