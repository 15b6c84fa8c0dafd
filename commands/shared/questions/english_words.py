"""Words that several forms of an English question have."""

STATE = (
    r"(?:encircled|surrounded|trapped|cut off|besieged|captured|taken|lost|fallen|occupied"
    r"|liberated|held"
    r"|contested|gone|safe|holding(?: out)?|russian|ukrainian|ours|theirs"
    r"|(?:under|in) (?:\w+ )?(?:control|hands|attack|siege|encirclement))"
)
SAY = r"(?:say|said|claim(?:ed)?|state[d]?|write|wrote|post(?:ed)?|report(?:ed)?|announce[d]?)"
ABOUT = r"(?: (?:about|on|of|regarding|concerning) (?P<place>.+?))?"
OVER = r"(?: (?:about|on|over|in|at|around|near|regarding|concerning) (?P<place>.+?))?"
