"""How people ask in English, Ukrainian and Russian where the front line runs.

The record has no line: a map says who holds what around a place, and that it shows no line. Asked
without a place, the command says what to type.
"""

from commands.shared.questions.pattern import Asks, Pattern

_LINE = r"(?:the )?(?:front(?: ?|-)lines?|line of contact|contact line)"
_FRONT = rf"(?:{_LINE}|(?:(?<=where is )|(?<=where's ))the front)"
_WHO = r"(?:the )?(?:russians?|ukrainians?|enemy|orcs|they|front|afu)"
_FAR = r"how (?:far|close|near)(?: away)?"

PATTERNS = (
    Pattern(
        Asks.MAP,
        rf"(?:(?:where(?:'s| is| are| runs| does)?|show(?: me| us)?) )?{_FRONT}"
        r"(?: (?:is|are|run|runs|now|currently|going|at))*"
        r"(?:[ ,]+(?:(?:in|at|near|around|by|on|of|for|from) )?(?P<place>.+))?",
        "where is the front line near Pokrovsk",
        needs=("front", "contact"),
    ),
    Pattern(
        Asks.MAP,
        rf"(?P<place>(?!where|what|how|is|who).+?) {_LINE}",
        "Pokrovsk frontline",
        needs=("front", "contact"),
    ),
    Pattern(
        Asks.MAP,
        rf"{_FAR} (?:is|are) (?:{_LINE}|{_WHO})(?: (?:army|forces|troops))?"
        r" (?:from|to|away from) (?P<place>.+)",
        "how far are the Russians from Kramatorsk",
        needs=("how far", "how close", "how near"),
    ),
    Pattern(
        Asks.MAP,
        rf"{_FAR} (?:is )?(?P<place>.+?) (?:is )?(?:from|to) (?:{_LINE}|the front)",
        "how far is Kramatorsk from the front line",
        needs=("front", "contact"),
    ),
    Pattern(
        Asks.MAP,
        r"(?:(?:де|як|покажи|яка) )?(?:(?:зараз|проходить|йде|пролягає) )*"
        r"(?:лінія (?:фронту|зіткнення|бойового зіткнення)|лбз|фронт)"
        r"(?: (?:зараз|проходить|йде|пролягає))*"
        r"(?:[ ,]+(?:(?:в|у|під|біля|на|по|навколо) )?(?P<place>.+))?",
        "де лінія фронту під Покровськом",
        needs=("фронт", "зіткнення", "лбз"),
    ),
    Pattern(
        Asks.MAP,
        r"(?:(?:где|как|покажи|какая) )?(?:(?:сейчас|проходит|идет|идёт) )*"
        r"(?:линия (?:фронта|соприкосновения|боевого соприкосновения)|лбс|фронт)"
        r"(?: (?:сейчас|проходит|идет|идёт))*"
        r"(?:[ ,]+(?:(?:в|во|под|у|возле|на|по|вокруг) )?(?P<place>.+))?",
        "где линия фронта под Покровском",
        needs=("фронт", "соприкосновения", "лбс"),
    ),
)
