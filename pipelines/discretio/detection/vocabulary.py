"""Words that patterns are built around: titles, kin, streets, birth. One place, so that a pattern and its trigger agree.

A word in lower case is found in any case; one with a capital is found as it is written (`Me`, but not `me`). A star at the
beginning stands for the rest of the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", "|").split("|") if word.strip())


PRIVATE_TITLES = _listed(
    """Mme|Mlle|M.|MM.|M|Mr|Mr.|madame|mademoiselle|monsieur|mevr|mevr.|mevrouw|mw.|Mw|dhr|dhr.|meneer|heer|mijnheer
    frau|herr|herrn|Fr.|Hr.|Fam.|Mrs|Mrs.|Ms|Ms.|miss|famille|familie|gezin|family|nommé|nommée|dénommé|dénommée
    prénommé|prénommée|genaamde|alias|dit|dite|mejuffrouw|juffrouw|fräulein|eheleute|époux|épouse"""
)
PROFESSIONAL_TITLES = _listed(
    """dr|dr.|docteur|docteure|dokter|doctor|prof|prof.|professeur|professor|Me|Mtr.|Mtr|maître|meester|notaire|notaris|notar
    advocaat|advocate|avocat|avocate|rechtsanwalt|rechtsanwältin|solicitor|lawyer|counsel
    inspecteur|inspectrice|insp.|INP|HINP|INPP|CP|commissaire|commissaris|hoofdinspecteur|inspecteur principal|kommissar
    kommissarin|inspektor|hauptinspektor|inspector|officer|PC|DC|Sgt|sergeant|wijkagent|wijkinspecteur|agent de quartier
    substitut|substitute|substituut|juge|juge d'instruction|rechter|onderzoeksrechter|jeugdrechter|vrederechter|juge de paix
    procureur|parketmagistraat|staatsanwalt|staatsanwältin|prosecutor|judge|magistrat|magistraat|richter|richterin
    jugendrichter|jugendrichterin|referendaris|parketjurist|parketcriminoloog|criminologue
    éducateur|éducatrice|opvoeder|opvoedster|opvoedkundige|assistant social|assistante sociale|assistante|AS|MW
    maatschappelijk werker|maatschappelijk werkster|maatschappelijk assistent|maatschappelijk assistente|hulpverlener
    hulpverleenster|consulent|consulente|jeugdconsulent|jeugdconsulente|casemanager|casusregisseur|casusverantwoordelijke
    begeleider|begeleidster|trajectbegeleider|trajectbegeleidster|thuisbegeleider|thuisbegeleidster|gezinsbegeleider
    gezinsbegeleidster|straathoekwerker|sozialarbeiterin|sozialarbeiter|betreuer|betreuerin|erzieher|erzieherin
    social worker|caseworker|support worker|youth worker|intervenant|intervenante|accompagnateur|accompagnatrice|délégué
    déléguée|délégué SPJ|coordinateur|coordinatrice|coördinator|koordinator|koordinatorin|coordinator|référent|référente
    psychologue|psycholoog|psychologe|psychologin|psychologist|psychiatre|psychiater|psychiaterin|psychiatrist|huisarts
    kinésithérapeute|kinesist|infirmier|infirmière|verpleegkundige|krankenschwester|nurse|hausarzt|hausärztin|thérapeute
    therapeut|therapeute|sage-femme|vroedvrouw|logopède|logopedist|logopediste|tolk|interprète|dolmetscher|dolmetscherin
    assistant de justice|assistante de justice|justitieassistent|justitieassistente|justizassistent|justizassistentin
    bewindvoerder|administrateur|administratrice|curator|directeur|directrice|direktor|direktorin|directeur adjoint
    zorgcoördinator|leerlingenbegeleider|leerlingbegeleider|leerlingenbegeleidster|titulaire|klastitularis|leerkracht|lehrer
    lehrerin|instituteur|institutrice|professeure|burgemeester|bourgmestre|bürgermeister|mayor|schepen|échevin|échevine
    collègue|collega|kollege|kollegin|colleague|postoverste|teamleider|teamverantwoordelijke|chef de corps|korpschef"""
)
KIN = _listed(
    """frère|soeur|sœur|mère|père|oncle|tante|cousin|cousine|fils|fille|grand-mère|grand-père|beau-père|belle-mère|beau-frère
    belle-soeur|neveu|nièce|broer|zus|moeder|vader|oom|neef|nicht|zoon|dochter|oma|opa|grootmoeder|grootvader|stiefvader
    stiefmoeder|pluspapa|plusmama|zusje|broertje|dochtertje|zoontje|bruder|schwester|mutter|vater|onkel|sohn|tochter|oma
    großmutter|großvater|stiefvater|stiefmutter|schwager|schwägerin|brother|sister|mother|father|uncle|aunt|son|daughter
    grandmother|grandfather|stepfather|stepmother|nephew|niece|ex|compagnon|compagne|partner|vriendin
    ex-compagnon|ex-compagne|ex-partner|ex-man|ex-vrouw|ex-mari|ex-femme|mari|femme|épouse|époux|echtgenote|echtgenoot
    ehemann|ehefrau|lebensgefährte|lebensgefährtin|freund|freundin|husband|wife|boyfriend|girlfriend|ex-husband|ex-wife"""
)
ACQUAINTANCES = _listed(
    """ami|amie|copain|copine|pote|voisin|voisine|camarade|colocataire|vriend|vriendje|kameraad|maat|buurman|buurvrouw|overbuur
    onderbuur|bovenbuur|huisgenoot|huisgenote|klasgenoot|klasgenote|nachbar|nachbarin|kumpel|mitbewohner|mitbewohnerin
    mitschüler|mitschülerin|friend|neighbour|mate|flatmate|housemate|classmate|landlord"""
)
CHILDREN = _listed(
    "bébé|baby|enfant|kind|child|jumeaux|jumelles|tweeling|zwillinge|twins|élève|leerling|schüler|schülerin|pupil"
)
PARTICLES = (
    r"(?:(?:[vV]an|[dD]e|[dD]er|[dD]en|[tT]en|[tT]er|[vV]on|[zZ]u|[eE]l|[aA]l|[bB]en|[bB]int|[dD]i|[dD]a|[dD]el|[dD]os|Le|La|Du"
    r"|[dD]'|[dD]’|O'|'t)[ ]?)"
)
STREETS = _listed(
    """rue|avenue|av.|av|place|chaussée|chaussee|chée|ch.|boulevard|bd|bd.|clos|chemin|quai|allée|impasse|square|sentier|drève
    ruelle|voie|route|cité|résidence|thier|venelle|parvis|esplanade|montée|passage|galerie|faubourg|rempart|hameau"""
)
STREET_ENDINGS = _listed(
    """straat|laan|plein|steenweg|stwg|dreef|lei|kaai|weg|markt|hof|pad|singel|vest|baan|straße|strasse|str.|str|platz|allee
    gasse|ring|dijk|kade|gracht|berg|veld|dries|wijk|poort|park|kerkhof|wal|walle|brug|boulevard|ufer|damm|steig|pfad"""
)
BIRTH = _listed(
    """né|née|né(e)|ne|nee|né·e|b.|naissance|naiss.|geb|geb.|geboren|geboortedatum|geboren op|geburtsdatum|born|dob|d.o.b.|ddn
    gebdat|date de naissance|date of birth"""
)
MONTHS = _listed(
    """janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|januari
    februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|januar|februar|märz|maerz|august|dezember
    jänner|january|february|march|may|june|july|october|janv.|févr.|fevr.|avr.|juil.|sept.|sept|oct.|nov.|déc.|jan.|feb.|mrt.
    apr.|aug.|okt.|dec.|dez.|jan|feb|apr|jun|jul|aug|sep|oct|okt|nov|dec|dez"""
)
COMES_FROM = _listed(
    """komt uit|kwam uit|komen uit|kwamen uit|afkomstig uit|groeide op in|stamt uit|kommt aus|kam aus|kommen aus|stammt aus
    stammen aus|kamen aus|comes from|come from|came from|originally from|hails from|family is from|parents are from
    father is from|mother is from|vader is van|moeder is van|ouders zijn van|familie is van|vader was van|moeder was van
    Vater ist aus|Mutter ist aus|Eltern sind aus|Familie ist aus|père est de|mère est de|parents sont de|famille est de
    komt uit de streek van|komen uit de streek van
    originaire de|originaire du|originaire d'|originaire des|originaires de|originaires du|originaires d'|vient de|vient du
    vient d'|viennent de|viennent du|viennent d'|venu de|venu du|venu d'|venue de|venue du|venue d'
    venus de|venus du|venues de"""
)
SENTENCE_STARTS = _listed(
    """Les|Un|Une|Il|Elle|Ils|Elles|On|Ce|Ces|Cette|Sa|Son|Ses|Je|Nous|Vous|Chez|Dans|Pour|Par|Avec|Sans|Mais|Et|Pas
    Het|Een|Hij|Zij|Ze|We|Wij|Er|Dit|Dat|Die|Deze|Zijn|Haar|Bij|Voor|Met|Zonder|Maar|En|Niet|Geen|Op|Over|Volgens
    Der|Die|Das|Ein|Eine|Er|Sie|Es|Wir|Ihr|Ihre|Seine|Bei|Mit|Ohne|Aber|Und|Nicht|Kein|Keine|Am|Im|Nach|Seit
    The|This|That|These|He|She|It|They|There|His|Her|Their|At|On|As|By|With|And|But|No|Not|Please|What|When|Who"""
)
"""Small words that begin a sentence, and no name behind an initial."""
DISEASE_NAMES = _listed("Parkinson|Alzheimer|Crohn|Bechterew|Basedow|Hodgkin|Scheuermann|Menière|Dupuytren|Paget|Huntington")
"""Behind an M. they are a disease (morbus, maladie), not a gentleman."""
CURRENCY = ("eur", "euro", "euros")


def either(words: Iterable[str]) -> str:
    """A regular expression for any of these words, the longest first."""
    return "(?:" + "|".join(map(_expression, sorted(words, key=lambda word: (-len(word), word)))) + ")"


def _expression(word: str) -> str:
    escaped = re.escape(word)
    if word != word.lower():
        return escaped
    return f"(?i:{escaped})"
