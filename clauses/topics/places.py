"""Places whose law or courts contracts name, with the words contracts use for them and their usual seats."""

import re
from dataclasses import dataclass

_STATES = [
    "Alabama",
    "Alaska",
    "Arizona",
    "Arkansas",
    "California",
    "Colorado",
    "Connecticut",
    "Delaware",
    "Florida",
    "Georgia",
    "Hawaii",
    "Idaho",
    "Illinois",
    "Indiana",
    "Iowa",
    "Kansas",
    "Kentucky",
    "Louisiana",
    "Maine",
    "Maryland",
    "Massachusetts",
    "Michigan",
    "Minnesota",
    "Mississippi",
    "Missouri",
    "Montana",
    "Nebraska",
    "Nevada",
    "New Hampshire",
    "New Jersey",
    "New Mexico",
    "New York",
    "North Carolina",
    "North Dakota",
    "Ohio",
    "Oklahoma",
    "Oregon",
    "Pennsylvania",
    "Rhode Island",
    "South Carolina",
    "South Dakota",
    "Tennessee",
    "Texas",
    "Utah",
    "Vermont",
    "Virginia",
    "Washington",
    "West Virginia",
    "Wisconsin",
    "Wyoming",
]
_OTHERS = [
    "England and Wales",
    "Scotland",
    "Northern Ireland",
    "Ireland",
    "Germany",
    "France",
    "Netherlands",
    "Belgium",
    "Luxembourg",
    "Austria",
    "Switzerland",
    "Italy",
    "Spain",
    "Portugal",
    "Denmark",
    "Sweden",
    "Norway",
    "Finland",
    "Iceland",
    "Poland",
    "Czech Republic",
    "Hungary",
    "Romania",
    "Bulgaria",
    "Greece",
    "Croatia",
    "Slovenia",
    "Slovakia",
    "Estonia",
    "Latvia",
    "Lithuania",
    "Malta",
    "Cyprus",
    "Ontario",
    "Quebec",
    "British Columbia",
    "Alberta",
    "New South Wales",
    "Victoria",
    "Queensland",
    "New Zealand",
    "Singapore",
    "Hong Kong",
    "India",
    "Japan",
    "South Korea",
    "Israel",
    "South Africa",
    "Brazil",
    "Mexico",
    "Cayman Islands",
    "British Virgin Islands",
    "Jersey",
    "Guernsey",
    "United Arab Emirates",
    "China",
]
_ALIASES = {
    "England and Wales": ("England & Wales", "England", "Wales"),
    "Ireland": ("Republic of Ireland",),
    "Netherlands": ("The Netherlands",),
    "Czech Republic": ("Czechia",),
    "New York": ("NY",),
    "Hong Kong": ("Hong Kong SAR",),
    "China": ("People’s Republic of China", "PRC"),
}
_ADJECTIVES = {
    "English": "England and Wales",
    "Scottish": "Scotland",
    "Scots": "Scotland",
    "Irish": "Ireland",
    "German": "Germany",
    "French": "France",
    "Dutch": "Netherlands",
    "Belgian": "Belgium",
    "Austrian": "Austria",
    "Swiss": "Switzerland",
    "Italian": "Italy",
    "Spanish": "Spain",
    "Portuguese": "Portugal",
    "Danish": "Denmark",
    "Swedish": "Sweden",
    "Norwegian": "Norway",
    "Finnish": "Finland",
    "Polish": "Poland",
    "Indian": "India",
    "Japanese": "Japan",
    "Israeli": "Israel",
    "Californian": "California",
    "Texan": "Texas",
}
_SEATS = {
    "London": "England and Wales",
    "Manchester": "England and Wales",
    "Edinburgh": "Scotland",
    "Belfast": "Northern Ireland",
    "Dublin": "Ireland",
    "Wilmington": "Delaware",
    "Manhattan": "New York",
    "New York City": "New York",
    "San Francisco": "California",
    "Los Angeles": "California",
    "Santa Clara": "California",
    "San Jose": "California",
    "Austin": "Texas",
    "Dallas": "Texas",
    "Houston": "Texas",
    "Boston": "Massachusetts",
    "Chicago": "Illinois",
    "Seattle": "Washington",
    "Berlin": "Germany",
    "Munich": "Germany",
    "Frankfurt": "Germany",
    "Hamburg": "Germany",
    "Düsseldorf": "Germany",
    "Cologne": "Germany",
    "Paris": "France",
    "Amsterdam": "Netherlands",
    "Rotterdam": "Netherlands",
    "The Hague": "Netherlands",
    "Brussels": "Belgium",
    "Vienna": "Austria",
    "Zurich": "Switzerland",
    "Zürich": "Switzerland",
    "Geneva": "Switzerland",
    "Milan": "Italy",
    "Rome": "Italy",
    "Madrid": "Spain",
    "Barcelona": "Spain",
    "Lisbon": "Portugal",
    "Copenhagen": "Denmark",
    "Stockholm": "Sweden",
    "Oslo": "Norway",
    "Helsinki": "Finland",
    "Warsaw": "Poland",
    "Toronto": "Ontario",
    "Montreal": "Quebec",
    "Vancouver": "British Columbia",
    "Sydney": "New South Wales",
    "Melbourne": "Victoria",
    "Tel Aviv": "Israel",
    "Mumbai": "India",
    "New Delhi": "India",
    "Tokyo": "Japan",
}
_NAMES: dict[str, str] = {name: name for name in [*_STATES, *_OTHERS]}
_NAMES.update({alias: name for name, aliases in _ALIASES.items() for alias in aliases})
_LONGEST = sorted([*_NAMES, *_SEATS], key=lambda name: (-len(name), name))
_LEAD = (
    r"(?:(?:the\s+)?(?:State|Commonwealth|Republic|Province|Kingdom|Federal Republic"
    r"|County|City)\s+of\s+(?:the\s+)?)?"
)
_PLACE = re.compile(rf"(?<!\w){_LEAD}(?P<name>{'|'.join(re.escape(name) for name in _LONGEST)})(?!\w)")
_LAW_OF = re.compile(rf"(?<!\w)(?P<name>{'|'.join(sorted(_ADJECTIVES))})\s+law\b")


@dataclass(frozen=True)
class Place:
    """A place named in a text: its usual name, its range, and whether it stands as an adjective ("German
    law")."""

    name: str
    start: int
    end: int
    adjective: bool = False
    seat: bool = False


def places(text: str, offset: int = 0) -> list[Place]:
    """Every place named in the text, in reading order; a city counts as the place whose courts sit there."""
    found = [
        Place(
            _NAMES.get(m["name"]) or _SEATS[m["name"]],
            m.start() + offset,
            m.end() + offset,
            seat=m["name"] not in _NAMES,
        )
        for m in _PLACE.finditer(text)
    ]
    found += [
        Place(_ADJECTIVES[m["name"]], m.start() + offset, m.end() + offset, adjective=True)
        for m in _LAW_OF.finditer(text)
    ]
    return sorted(found, key=lambda place: place.start)
