"""The counterparts of the 16 categories and of the special classes in the Data Privacy Vocabulary, release 2.2.

Release 2.2 spells some terms anew (pd:Behavioural, pd:CriminalOffence). "Related", not "same": art. 2 §2 draws other borders.
Category 16 has no counterpart but personal data as such (catalogue § a).
"""

from __future__ import annotations

CONTEXT: dict[str, str] = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "qb": "http://purl.org/linked-data/cube#",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "discretio": "urn:discretio:vocabulary:",
}

CATEGORIES: dict[str, tuple[str, ...]] = {
    "1": ("pd:Identifying", "pd:Name", "pd:PhysicalAddress", "pd:BirthDate", "pd:BirthPlace", "pd:OfficialID"),
    "2": ("pd:Contact", "pd:EmailAddress", "pd:TelephoneNumber"),
    "3": ("pd:Professional", "pd:Job", "pd:Education"),
    "4": ("pd:Age", "pd:Gender", "pd:Nationality", "pd:MaritalStatus"),
    "5": ("pd:Financial", "pd:FinancialStatus", "pd:CreditWorthiness"),
    "6": ("pd:Social", "pd:SocialNetwork", "pd:Interest"),
    "7": ("pd:FamilyStructure", "pd:Family"),
    "8": ("pd:Household",),
    "9": ("pd:Criminal", "pd:CriminalCharge", "pd:CriminalConviction", "pd:CriminalOffence"),
    "10": ("pd:Health", "pd:MedicalHealth", "pd:MentalHealth", "pd:PhysicalHealth"),
    "11": ("pd:Behavioural", "pd:Intention"),
    "12": ("pd:EthnicOrigin", "pd:Race"),
    "13": ("pd:PoliticalOpinion", "pd:PoliticalAffiliation", "pd:Religion", "pd:PhilosophicalBelief"),
    "14": ("pd:Behavioural", "pd:Personality"),
    "15": ("pd:Sexual", "pd:SexualHistory", "pd:SexualPreference"),
    "16": ("dpv:PersonalData",),
}

FLAGS: dict[str, tuple[str, ...]] = {
    "health": ("pd:Health",),
    "ethnic_origin": ("pd:EthnicOrigin",),
    "political": ("pd:PoliticalOpinion",),
    "religious_philosophical": ("pd:Religion", "pd:PhilosophicalBelief"),
    "trade_union": ("pd:TradeUnionMembership",),
    "genetic": ("pd:Genetic",),
    "biometric": ("pd:Biometric",),
    "sex_life_orientation": ("pd:Sexual",),
    "criminal": ("pd:Criminal",),
}
