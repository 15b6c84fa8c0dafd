"""The statuses and the encirclements that drafts give to places."""

from commands.shared.extraction.extracted_draft import ExtractedDraft


def map_statuses(drafts: list[ExtractedDraft]) -> dict[str, str]:
    """Return the status of each place that has one."""
    return {
        place.name: f"{draft.control} {draft.share}"
        for draft in drafts
        for place in draft.places
        if draft.control
    }


def map_encirclements(drafts: list[ExtractedDraft]) -> dict[str, str | None]:
    """Return what is said of an encirclement of each place."""
    return {place.name: draft.encirclement for draft in drafts for place in draft.places}
