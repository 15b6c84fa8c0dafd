"""The regions of Ukraine, and those of Russia beside them: names that no source gives alike."""

from msgspec import Struct


class Region(Struct, frozen=True):
    """A region: `prefix` of its code, GeoNames' admin1 code, and its names.

    `short` is what people call it in Ukrainian (Донеччина), `russian` its full Russian name.
    """

    prefix: str
    admin1: str
    name: str
    local: str
    short: str
    russian: str


_TABLE = """
UA01|11|Autonomous Republic of Crimea|Автономна Республіка Крим|Крим|Автономная Республика Крым
UA05|23|Vinnytsia Oblast|Вінницька область|Вінниччина|Винницкая область
UA07|24|Volyn Oblast|Волинська область|Волинь|Волынская область
UA12|04|Dnipropetrovsk Oblast|Дніпропетровська область|Дніпропетровщина|Днепропетровская область
UA14|05|Donetsk Oblast|Донецька область|Донеччина|Донецкая область
UA18|27|Zhytomyr Oblast|Житомирська область|Житомирщина|Житомирская область
UA21|25|Zakarpattia Oblast|Закарпатська область|Закарпаття|Закарпатская область
UA23|26|Zaporizhzhia Oblast|Запорізька область|Запоріжчина|Запорожская область
UA26|06|Ivano-Frankivsk Oblast|Івано-Франківська область|Івано-Франківщина|Ивано-Франковская область
UA32|13|Kyiv Oblast|Київська область|Київщина|Киевская область
UA35|10|Kirovohrad Oblast|Кіровоградська область|Кіровоградщина|Кировоградская область
UA44|14|Luhansk Oblast|Луганська область|Луганщина|Луганская область
UA46|15|Lviv Oblast|Львівська область|Львівщина|Львовская область
UA48|16|Mykolaiv Oblast|Миколаївська область|Миколаївщина|Николаевская область
UA51|17|Odesa Oblast|Одеська область|Одещина|Одесская область
UA53|18|Poltava Oblast|Полтавська область|Полтавщина|Полтавская область
UA56|19|Rivne Oblast|Рівненська область|Рівненщина|Ровенская область
UA59|21|Sumy Oblast|Сумська область|Сумщина|Сумская область
UA61|22|Ternopil Oblast|Тернопільська область|Тернопільщина|Тернопольская область
UA63|07|Kharkiv Oblast|Харківська область|Харківщина|Харьковская область
UA65|08|Kherson Oblast|Херсонська область|Херсонщина|Херсонская область
UA68|09|Khmelnytskyi Oblast|Хмельницька область|Хмельниччина|Хмельницкая область
UA71|01|Cherkasy Oblast|Черкаська область|Черкащина|Черкасская область
UA73|03|Chernivtsi Oblast|Чернівецька область|Буковина|Черновицкая область
UA74|02|Chernihiv Oblast|Чернігівська область|Чернігівщина|Черниговская область
UA80|12|Kyiv (city)|Київ||Киев
UA85|20|Sevastopol (city)|Севастополь||Севастополь
RU-BEL|09|Belgorod Oblast|Бєлгородська область|Бєлгородщина|Белгородская область
RU-BRY|10|Bryansk Oblast|Брянська область|Брянщина|Брянская область
RU-KRS|41|Kursk Oblast|Курська область|Курщина|Курская область
RU-ROS|61|Rostov Oblast|Ростовська область|Ростовщина|Ростовская область
RU-VOR|86|Voronezh Oblast|Воронезька область|Вороніжчина|Воронежская область
"""
REGIONS = tuple(Region(*line.split("|")) for line in _TABLE.strip().splitlines())

CITIES_APART = frozenset({"UA80", "UA85"})
"""Cities that are regions of their own: one place each, in no list of regions."""

_MORE_OF_RUSSIA = """
08|Bashkortostan
13|Chelyabinsk Oblast
48|Moscow (city)
51|Nizhny Novgorod Oblast
53|Novosibirsk Oblast
54|Omsk Oblast
65|Samara Oblast
66|Saint Petersburg (city)
71|Sverdlovsk Oblast
73|Tatarstan
84|Volgograd Oblast
91|Krasnoyarsk Krai
"""
REGIONS_OF_MILLION_CITIES = dict(line.split("|") for line in _MORE_OF_RUSSIA.strip().splitlines())
"""Names of the Russian regions farther off that have a city of a million, by admin1 code."""

MILLION = 1_000_000
