"""Sealing keys that never leave a token: a smart card or a hardware module, through PKCS#11."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote

from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from discretio.errors import ReportError
from discretio.reporting.keys import SigningKey, is_demo

_REMEDY = "write DISCRETIO_SIGNING_TOKEN as pkcs11:token=NAME;object=LABEL?module-path=/path/of/the/driver.so"


def load_token_key(uri: str, pin: str | None) -> SigningKey:
    """Open a key on a token.

    Args:
        uri: where it is (RFC 7512): the token's label, the label that key and certificate share, the driver.
        pin: the token's user PIN; None if it asks on its own pad.

    Raises:
        ReportError: the address is wrong, or the token doesn't open; quotes neither the PIN nor the driver.
    """
    token, label, module = _address(uri)
    try:
        session = open_pkcs11_session(str(module), token_criteria=TokenCriteria(label=token), user_pin=pin)
        signer = PKCS11Signer(session, label, key_label=label, other_certs_to_pull=None, embed_roots=False)
        certificate = signer.signing_cert
        elliptic = certificate.public_key.algorithm == "ec"
        signer.use_raw_mechanism = elliptic  # many tokens sign a hash with an elliptic curve, and don't hash themselves
        held = list(signer.cert_registry)
    except Exception:  # noqa: BLE001 - each driver fails in its own way, and may quote what it was given
        raise ReportError(
            "the signing key on the token can't be opened",
            where=f"token {token}, key {label}",
            remedy="see that the token is there, and that DISCRETIO_SIGNING_PASSWORD_FILE names a file with its PIN",
        ) from None
    roots = [one for one in held if one.self_signed != "no"]
    name = str(certificate.subject.native.get("common_name", ""))
    return SigningKey(signer, name, certificate.not_valid_after, roots[0].dump() if roots else b"", is_demo(name))


def _address(uri: str) -> tuple[str, str, Path]:
    path, _, query = uri.removeprefix("pkcs11:").partition("?")
    parts = {name: unquote(value) for name, _, value in (part.partition("=") for part in path.split(";"))}
    module = parse_qs(query).get("module-path", [""])[0]
    if not uri.startswith("pkcs11:") or not module or {"token", "object"} - parts.keys():
        raise ReportError("the address of the signing token is not complete", remedy=_REMEDY)
    if not Path(module).is_file():
        raise ReportError("the driver of the signing token isn't there", remedy=_REMEDY)
    return parts["token"], parts["object"], Path(module)
