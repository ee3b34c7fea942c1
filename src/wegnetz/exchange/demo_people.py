"""The invented people of the demo. Any likeness to a person is chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wegnetz.rules.facts import FactValue, Year


@dataclass(frozen=True, slots=True)
class Invented:
    """Someone who does not exist. `since` gives days from which single answers hold."""

    called: str
    language: str
    registered: date
    facts: dict[str, FactValue]
    note: str = ""
    since: dict[str, date] = field(default_factory=dict)
    decided_on: date | None = None
    single_cases: dict[str, tuple[bool, str]] = field(default_factory=dict)


def _known(birth: date | Year, status: str, gender: str, **changes: FactValue | None) -> dict[str, FactValue]:
    """The usual answers, with changes; None leaves a question unasked."""
    facts: dict[str, FactValue | None] = {
        "birth_date": birth, "residence_status": status, "sgb_access": "none", "integration_course_access": "none",
        "lives_in_state_facility": False, "security_exclusion": False, "work_ban": False, "support_need": True,
        "gender": gender,
    }  # fmt: skip
    return {name: value for name, value in (facts | changes).items() if value is not None}


CAST: tuple[Invented, ...] = (
    Invented(
        "Yonas T.", "ti", date(2021, 2, 11), _known(date(2000, 3, 14), "gestattung", "male", work_ban=True),
        note="am besten nachmittags per Nachricht", since={"work_ban": date(2021, 9, 2)}, decided_on=date(2021, 2, 11),
    ),
    Invented("Şirin A.", "kmr", date(2021, 3, 4), _known(date(1999, 8, 30), "duldung", "female"),
             decided_on=date(2021, 3, 4)),
    Invented("Amadou B.", "fr", date(2020, 11, 9), _known(date(1998, 1, 22), "duldung", "male"),
             since={"residence_status": date(2019, 6, 1)}, decided_on=date(2020, 11, 9)),
    Invented("Lina A.", "ar", date(2021, 5, 19), _known(date(2001, 12, 5), "gestattung", "female"),
        note="schreibt gern",
             decided_on=date(2021, 5, 19)),
    Invented("Jawad M.", "prs", date(2021, 8, 16), _known(Year(1994), "duldung", "male")),
    Invented("Rojda Y.", "kmr", date(2021, 9, 1), _known(date(2003, 10, 20), "gestattung", "female")),
    Invented("Emmanuel I.", "en", date(2020, 6, 23), _known(date(1994, 4, 2), "duldung", "male"),
             decided_on=date(2020, 6, 23)),
    Invented("Zahra E.", "fa", date(2021, 1, 14), _known(date(2000, 7, 7), "duldung-60b", "female", work_ban=True),
             decided_on=date(2021, 1, 14)),
    Invented("Arta H.", "sq", date(2020, 9, 30), _known(date(1997, 2, 17), "duldung", "male", work_ban=True),
             decided_on=date(2020, 9, 30)),
    Invented("Merhawi B.", "ti", date(2021, 9, 27), _known(date(2002, 5, 25), "gestattung", "male",
             security_exclusion=None,
             lives_in_state_facility=None)),
    Invented("Fatima Z.", "ar", date(2021, 9, 30), _known(date(1996, 11, 11), "duldung", "female", support_need=None)),
    Invented("Ibrahim S.", "ar", date(2021, 4, 8), _known(date(2001, 6, 1), "gestattung", "male")),
    Invented("Nazanin M.", "fa", date(2021, 6, 17), _known(date(1999, 9, 9), "gestattung", "female", sgb_access=None)),
    Invented("Samuel W.", "ti", date(2020, 10, 12), _known(date(2000, 2, 29), "duldung", "male"),
             decided_on=date(2020, 10, 12)),
    Invented("Dilan K.", "kmr", date(2021, 7, 22), _known(date(2002, 12, 12), "duldung", "female")),
    Invented("Omar D.", "so", date(2021, 9, 20), _known(date(1995, 5, 5), "gestattung", "male", residence_status=None)),
    Invented("Tesfay H.", "ti", date(2021, 2, 25), _known(date(2003, 8, 8), "duldung", "male")),
    Invented("Mariam C.", "fr", date(2021, 3, 18), _known(date(1998, 10, 10), "aufenthaltserlaubnis", "female"),
             decided_on=date(2021, 3, 18), single_cases={
                 "coaching": (True, "Ohne Zugang zu anderer Beratung. Die Ausbildung beginnt in acht Wochen."),
             }),
    Invented("Ali R.", "ar", date(2020, 12, 3), _known(date(1996, 3, 3), "duldung", "male")),
    Invented("Besnik L.", "sq", date(2021, 5, 6), _known(date(1999, 4, 24), "duldung", "male")),
    Invented("Aster K.", "am", date(2021, 8, 30), _known(date(2001, 1, 19), "gestattung", "female",
             lives_in_state_facility=True)),
    Invented("Gulalai S.", "ps", date(2021, 9, 13), _known(Year(1993), "gestattung", "female")),
    Invented("Sipan H.", "kmr", date(2021, 6, 29), _known(date(2004, 1, 30), "duldung", "male")),
    Invented("Khadija N.", "so", date(2020, 7, 7), _known(date(1997, 7, 27), "duldung", "female"),
             decided_on=date(2020, 7, 7)),
    Invented("Mahsa R.", "fa", date(2021, 4, 21), _known(date(2000, 12, 24), "gestattung", "female")),
    Invented("Daniel F.", "en", date(2021, 2, 2), _known(date(1993, 9, 29), "duldung", "male"),
             decided_on=date(2021, 2, 2)),
    Invented("Idris A.", "ar", date(2021, 9, 8), _known(date(2002, 2, 2), "gestattung", "male",
             integration_course_access="subordinate")),
    Invented("Rahel M.", "ti", date(2020, 8, 19), _known(date(1998, 6, 16), "duldung", "female"),
             decided_on=date(2020, 8, 19)),
    Invented("Berivan T.", "kmr", date(2021, 3, 30), _known(date(2001, 9, 2), "duldung", "female")),
    Invented("Mustafa J.", "ckb", date(2020, 5, 28), _known(date(1995, 12, 1), "duldung", "male")),
    Invented("Elham V.", "fa", date(2021, 1, 28), _known(date(1999, 3, 21), "gestattung", "female")),
    Invented("Noor B.", "ar", date(2021, 8, 5), _known(date(2003, 11, 15), "duldung", "not-stated")),
    Invented("Farhad N.", "prs", date(2021, 7, 1), _known(date(1996, 8, 18), "schutz-24", "male")),
    Invented("Sahra W.", "so", date(2021, 9, 15), _known(date(2000, 10, 4), "gestattung", "female")),
    Invented("", "uk", date(2021, 10, 4), {"residence_status": "gestattung"}, note="Name noch nicht gefragt"),
    Invented("Ioana P.", "de", date(2021, 9, 29), _known(date(2001, 3, 8), "eu", "diverse", sgb_access="full")),
)  # fmt: skip
