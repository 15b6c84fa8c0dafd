"""How people ask in English, Ukrainian and Russian for what the desk has, not for what is so."""

from commands.shared.questions.pattern import Asks, Pattern

_ALONE = r"(?!(?:help|map|sources)$)"
"""The name of a command alone is that command."""

PATTERNS = (
    Pattern(
        Asks.HELP,
        r"help me|what can (?:you do|i ask|you tell)(?: you)?"
        r"|how (?:do|does|can) (?:i|you|this|it) (?:use|ask|search|work)(?: (?:you|it|this|here))?"
        r"|commands|instructions",
        "what can you do",
        needs=("help", "what can", "how", "commands", "instructions"),
    ),
    Pattern(
        Asks.HELP,
        r"допомога|допоможи|що (?:ти )?(?:вмієш|можеш)|команди",
        "що ти вмієш",
        needs=("допомо", "вмієш", "можеш", "команди"),
    ),
    Pattern(
        Asks.HELP,
        r"помощь|помоги|что (?:ты )?(?:умеешь|можешь)|команды",
        "что ты умеешь",
        needs=("помо", "умеешь", "можешь", "команды"),
    ),
    Pattern(
        Asks.MAP,
        rf"{_ALONE}(?:(?:show|send)(?: me| us)? )?(?:the |a )?map"
        r"|(?:покажи |дай |скинь )?(?:карт[ау]|мап[ау])"
        r"(?: боїв| фронту| бойових дій| боев| боёв| фронта| боевых действий)?",
        "show me the map",
        needs=("map", "карт", "мап"),
    ),
    Pattern(
        Asks.SOURCES,
        rf"{_ALONE}(?:(?:what|which|show|list)(?:'s| are| is)? )?"
        r"(?:(?:me|us|the|your|all|any) )*sources?"
        r"(?: (?:do you (?:have|use)|are there|(?:for|of) (?:this|that|it)))?",
        "what sources do you have",
        needs=("source",),
    ),
    Pattern(
        Asks.SOURCES,
        r"(?:(?:які|що за|яке) )?(?:(?:в тебе|у вас|в вас|твої|ваші|є) )*джерел[ао]",
        "які у вас джерела",
        needs=("джерел",),
    ),
    Pattern(
        Asks.SOURCES,
        r"(?:(?:какие|что за|какой) )?(?:(?:у тебя|у вас|твои|ваши|есть) )*источники?",
        "какие у вас источники",
        needs=("источник",),
    ),
    Pattern(
        Asks.SOURCES,
        r"(?:how (?:reliable|trustworthy|credible|accurate) (?:is|are)|can (?:i|we|you) trust"
        r"|should (?:i|we) trust) (?P<name>.+)",
        "how reliable is Deep State",
        needs=("how", "trust"),
    ),
    Pattern(
        Asks.SOURCES,
        r"(?:is|are) (?P<name>.+?) (?:a )?(?:reliable|trustworthy|credible)(?: source)?",
        "is Deep State reliable",
        needs=("reliable", "trustworthy", "credible"),
    ),
    Pattern(
        Asks.SOURCES,
        r"(?:наскільки надійн(?:ий|а|е|і)|чи надійн(?:ий|а|е|і)|(?:чи )?можна (?:вірити|довіряти)"
        r"|насколько над[её]ж(?:ен|на|но|ны)|можно(?: ли)? (?:верить|доверять)) (?P<name>.+)",
        "чи можна вірити DeepState",
        needs=("наді", "над", "можна", "можно"),
    ),
)
