"""Where the text of each HTML element belongs."""

from __future__ import annotations

from collections.abc import Mapping

KINDS = ("body", "hidden", "description", "form", "link", "metadata", "comment", "script")

_BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "section",
    "article", "header", "footer", "title", "option", "hr", "dt", "dd", "address", "figcaption", "caption", "textarea", "label",
    "legend", "body", "html", "head", "form", "fieldset", "summary",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset({"script", "style"})
_VOID = frozenset({"br", "img", "input", "hr", "meta", "link"})
_DESCRIPTIONS = frozenset({"title", "alt", "aria-label", "summary", "label", "aria-description", "cite"})
_FORMS = frozenset({"value", "placeholder"})
_LINKS = frozenset({"href", "src", "action"})


class Target:
    """Takes in what the parser finds, and keeps text by kind; `embedded` are the files that stand in addresses."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {kind: [] for kind in KINDS}
        self.embedded: list[str] = []
        self._body, self._unseen = self.texts["body"], self.texts["hidden"]
        self._silent = 0
        self._hidden = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in _BLOCKS:
            self._line("\n")
        elif tag in _SILENT:
            self._silent += 1
        if self._hidden:
            self._hidden += tag not in _VOID
        if attributes:
            if not self._hidden and tag not in {"input", "br", "img"} and _is_hidden(attributes):
                self._hidden = 1
            self._describe(tag, attributes)

    def _describe(self, tag: str, attributes: Mapping[str, str]) -> None:
        for key, value in attributes.items():
            if key in _DESCRIPTIONS:
                kind = "description"
            elif key in _FORMS or key.startswith("data-"):
                kind = "form"
            elif key in _LINKS and value.lstrip()[:5].lower() == "data:":
                self.embedded.append(value)
                continue
            elif key in _LINKS and not value.startswith("#"):
                kind = "link"
            elif key == "content" and tag == "meta":
                kind = "metadata"
            else:
                continue
            self.texts[kind] += [value, "\n"]

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _BLOCKS:
            self._line("\n")
        elif tag in _CELLS:
            self._line("\t")
        elif tag in _SILENT:
            self._silent -= 1
        if self._hidden and tag not in _VOID:
            self._hidden -= 1

    def data(self, data: str) -> None:
        """Characters."""
        pieces = self.texts["script"] if self._silent else self._unseen if self._hidden else self._body
        pieces.append(data)

    def comment(self, text: str) -> None:
        """A comment."""
        self.texts["comment"] += [text, "\n"]

    def close(self) -> None:
        """The document ends."""

    def _line(self, mark: str) -> None:
        pieces = self._unseen if self._hidden else self._body
        if pieces and pieces[-1] != mark:
            pieces.append(mark)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    style = attributes.get("style", "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style or "visibility:hidden" in style
