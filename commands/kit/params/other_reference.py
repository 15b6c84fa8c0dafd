"""A reference of one kind where a value of another is read."""

from collections.abc import Mapping

from commands.kit.errors import BadParam
from commands.kit.inlines import T, Typed
from store.model.ref import (
    ACTOR,
    BATCH,
    DIGEST,
    DRAFT,
    ENTRY,
    FILE,
    PLACE,
    SOURCE,
    Ref,
    RefKind,
)

_WANTED: Mapping[RefKind, T] = {
    ENTRY: T("an entry"),
    PLACE: T("a place"),
    ACTOR: T("a speaker"),
    SOURCE: T("a source"),
    DRAFT: T("a draft"),
    DIGEST: T("a daily summary"),
    FILE: T("a file"),
}
_IS: Mapping[RefKind, tuple[T, str]] = {
    ENTRY: (T("{ref} is an entry, not {wanted}. To see it:"), "entry"),
    PLACE: (T("{ref} is a place, not {wanted}. To see it:"), "status"),
    ACTOR: (T("{ref} is a speaker, not {wanted}. To see it:"), "sources"),
    SOURCE: (T("{ref} is a source, not {wanted}. To see it:"), "sources"),
    DRAFT: (T("{ref} is a draft, not {wanted}. To see it:"), "draft show"),
    DIGEST: (T("{ref} is a daily summary, not {wanted}. To see it:"), "digests list"),
    BATCH: (T("{ref} is an import, not {wanted}. To see what was done to it:"), "log"),
    FILE: (T("{ref} is a file, not {wanted}. To see it:"), "columns"),
}


def refuse_other_reference(text: str, *wanted: RefKind) -> BadParam | None:
    """Return the refusal of a reference of no kind that is `wanted`, with what shows it.

    So is a point on the map no place. None where the text is neither, or of a kind that is wanted.
    """
    for kind, (what, path) in _IS.items():
        ref = Ref.read(text, kind, lettered=True)
        if ref and kind not in wanted:
            is_other = T(what.message, ref=str(ref), wanted=_WANTED[wanted[0]])
            line = f"/{path}" if kind is DIGEST else f"/{path} {ref}"
            return BadParam(is_other, Typed(line))
    return _refuse_point(text) if PLACE in wanted else None


def _refuse_point(text: str) -> BadParam | None:
    from commands.kit.points import separate_points  # noqa: PLC0415 -- only for what is no place

    points = separate_points(text)[1]
    around = T("That is a point, not a place. To see which places lie around it:")
    return BadParam(around, Typed(f"/nearest {points[0].text}")) if points else None
