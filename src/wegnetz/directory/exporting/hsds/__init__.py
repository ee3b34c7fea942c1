"""Human Services Data Specification (HSDS) 3.1 of Open Referral, as plain dictionaries for JSON.

HSDS has one text per field. An answer is in the language of its edition where a text has it, else in the nearest; every
text in every language, with where it comes from, stands beside it in `attributes` with the `link_type` "translation"
and the language as taxonomy term. So a reader that knows only HSDS sees one language, and one that knows us loses none.

In the same way attributes hold, with the `link_type` "fact", what HSDS has no field for: on schedules the exact rule
("rrule"), the days that are left out ("exdate") and the zone ("tzid"), because HSDS repeats by weeks and months only
and knows an offset instead of a zone; on services "key", "women_only", "interpreter", "closed", "confirmed_on"; on
locations the last two, "operator", "modified_at" and "page", which is ours; an e-mail address or website that its
format refuses, a country without an address, times that its fields do not hold. `importing.hsds_own` reads all of it
again.

What is lost all the same: of the interests above an interest all but the first, and their names in other languages than
the one asked for (ask again in another); how many seats are free, which nobody tells us but HSDS requires; and whether
the day of `assured_date` was that of the offer or of its place, but for the attribute "confirmed_on".
"""

from wegnetz.directory.exporting.hsds.pages import (
    NotGivenError,
    organization,
    organizations,
    service,
    service_at_location,
    service_at_locations,
    services,
    taxonomies,
    taxonomy_term,
    taxonomy_terms,
    whole,
)

__all__ = [
    "NotGivenError",
    "organization",
    "organizations",
    "service",
    "service_at_location",
    "service_at_locations",
    "services",
    "taxonomies",
    "taxonomy_term",
    "taxonomy_terms",
    "whole",
]
