"""The small words around a name: "whats up with pokrovsk rn", "Купянск взяли?".

People in a hurry leave out what a sentence needs. Words that say nothing but "how does it stand"
may go; what is left has to be a name that is known. "Not" may go too: what a place answers is how
it stands and who says so, never yes or no.
"""

import re

from store.places.phrase import governs

_ENGLISH = (
    "what whats what's wat is s are happening happened going goin on up in at near around"
    " about abt the a any now currently rn atm still yet already there today who whos who's"
    " which side controls control controlled holds held hold has got situation status state"
    " news latest update updates sitrep info report tell me show give us please pls plz thx"
    " thanks how hows how's doing looking things it do does did we you know says said say with"
    " for of from or not fallen fall fell falling taken captured occupied liberated lost"
    " encircled surrounded contested safe holding gone under russian ukrainian control hands"
)
_UKRAINIAN = (
    "що шо там тут як де хто чий чия чиє контролює тримає утримує держить зараз наразі нині"
    " сьогодні взяли взятий взято захопили захоплений захоплено окупували окупований окуповано"
    " оточили оточений оточено впав впала впало пав здали втратили тримається держиться чи ні"
    " так вже ще досі новини ситуація обстановка стан статус справи по в у на під біля за про"
    " щодо з із є відбувається діється коїться твориться робиться чути відомо нового останні"
    " звільнили звільнено відбили зачистили шо"
    " останнє скажіть підкажіть будь ласка дякую не каже кажуть сказав сказала говорить заявив"
)
_RUSSIAN = (
    "что чо чё че как где кто чей чья чьё контролирует держит удерживает сейчас щас сегодня"
    " взяли взят взято захватили захвачен захвачено оккупирован окружен окружён окружили пал"
    " пала пало сдали потеряли держится ли или нет уже еще ещё новости ситуация обстановка"
    " положение сводка статус дела во под возле около о об происходит творится слышно известно"
    " нового освободили освобождён освобожден отбили зачистили ща"
    " последние скажите подскажите пожалуйста спасибо говорит сказал сказала заявил"
)
_SMALL = frozenset(f"{_ENGLISH} {_UKRAINIAN} {_RUSSIAN}".split())
_AROUND = " ,.:;?!–—-"


def drop_small_words(line: str) -> str:
    """Return a line without the small words at its ends; the name keeps its preposition."""
    words = re.split(r"[\s,]+", line.strip(_AROUND))
    first, last = 0, len(words)
    while first < last and _is_small(words[first]):
        first += 1
    while last > first and _is_small(words[last - 1]):
        last -= 1
    if first == last:
        return ""
    if first and governs(words[first - 1].casefold()):
        first -= 1
    return " ".join(words[first:last]).strip(_AROUND)


def _is_small(word: str) -> bool:
    return word.strip(_AROUND).casefold() in _SMALL
