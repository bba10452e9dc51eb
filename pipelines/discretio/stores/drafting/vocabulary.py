"""Words by which tables and columns are named in French, Dutch, German and English, and what they stand for."""

from __future__ import annotations

from collections.abc import Mapping

from discretio.law.special_classes import Flag


def _in_order(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _words(text: str) -> frozenset[str]:
    return frozenset(_in_order(text))


DOSSIER_TABLES: Mapping[frozenset[str], float] = {
    _words("""
        dossier case zaak fall akte affaire casefile case_file casus cas file_case
    """): 1.0,
    _words("""
        client patient beneficiary beneficiaire clientele klant cliente klient mandant begunstigde usager
    """): 0.8,
    _words("""
        child youth enfant kind jeune jongere minor mineur
    """): 0.7,
    _words("""
        person persoon personne individual subject betrokkene contact
    """): 0.4,
}
"""Words for the table of the dossiers, and what such a name is worth."""

FRAME_TABLES: Mapping[str, frozenset[str]] = {
    "sessions": _words("""
        session meeting hearing conference zitting vergadering overleg seance reunion audience sitzung besprechung
        court_date
    """),
    "holds": _words("""
        hold legal_hold freeze gel bevriezing sperre litigation_hold
    """),
    "access_grants": _words("""
        assignment permission access grant authorization toegang machtiging acces habilitation zugriff berechtigung share
    """),
    "rights_requests": _words("""
        rights_request dsar subject_request data_request inzageverzoek
    """),
    "dossier_events": _words("""
        case_event status_history closure reopening afsluiting cloture abschluss
    """),
}
ORGANISATION_TABLES = _words("""
    organisation organization org agency service team facility institution organisatie instelling dienst organisme
    etablissement agence einrichtung behorde organisationseinheit provider_org tenant department afdeling departement
    abteilung partner partenaire
""")
USER_TABLES = _words("""
    user account staff employee gebruiker medewerker utilisateur agent benutzer mitarbeiter practitioner provider
""")
ATTACHMENT_TABLES = _words("""
    attachment document file bijlage piece fichier piece_jointe anhang anlage datei upload scan blob
""")
NOTE_TABLES = _words("""
    contact note activity entry journal report message comment log remark visit encounter observation obs order followup
    notitie nota verslag bericht opmerking activiteit bezoek journaal compte_rendu rapport remarque visite entretien suivi
    notiz bemerkung vermerk eintrag besuch incident assessment soap progress_note case_note
""")
TEXT_COLUMNS = _words("""
    text subject note message comment remark observation notitie nota verslag bericht opmerking compte_rendu rapport
    remarque notiz bemerkung assessment body content description narrative summary detail history finding plan subjective
    objective reason value_text data tekst inhoud omschrijving beschrijving samenvatting toelichting texte contenu
    commentaire resume motif libelle inhalt beschreibung zusammenfassung anmerkung begrundung befund
""")
COLUMN_WORDS: Mapping[str, tuple[str, ...]] = {
    "opened_at": _in_order("""
        opened_at opened date_opened open_date start_date date_started started_at intake_date intake date_enrolled
        registration_date regdate date_in_care geopend openingsdatum begindatum startdatum date_ouverture ouvert
        date_debut eroffnet eroffnungsdatum beginn created_at date_created created_on created create_date date_creation
        cree aangemaakt angelegt inserted_at
    """),
    "closed_at": _in_order("""
        closed_at closed date_closed close_date closing_date end_date date_completed completed_at date_stopped
        discharge_date exit_date
        date_closure closure_date afgesloten afsluitdatum gesloten einddatum date_cloture cloture ferme date_fin
        geschlossen abgeschlossen abschlussdatum enddatum
    """),
    "introduced_at": _in_order("""
        introduced_at written_at written_on geschreven_op ecrit_le redige_le verfasst_am
        occurred_at obs_datetime encounter_datetime activity_date_time note_date entry_date visit_date datetime date datum
        tijdstip zeitpunkt timestamp created_at date_created created_on created create_date date_creation aangemaakt
        erstellt inserted_at
    """),
    "started_at": _in_order("""
        started_at start_date session_date scheduled_at date datum datetime date_debut beginn start
    """),
    "from_at": _in_order("""
        from_date valid_from granted_at start_date vanaf depuis ab created_at date_created
    """),
    "until_at": _in_order("""
        until valid_until end_date expires_at revoked_at tot jusque bis
    """),
    "lang": _in_order("""
        lang language locale taal langue sprache
    """),
    "filename": _in_order("""
        filename file_name original_filename bestandsnaam nom_fichier dateiname name
    """),
    "user_key": _in_order("""
        user_id volunteer_id staff_id employee_id gebruiker utilisateur benutzer account_id user
    """),
}
"""The better word first."""

OPEN_WORDS = _words("""
    opened ouvert open active ongoing current actif en_cours lopend actief offen aktiv laufend
""")
CLOSED_WORDS = _words("""
    cloture closed afgesloten gesloten ferme geschlossen inactive ended done clos inactif inactief beendet inaktiv
""")
GENERIC_ENDINGS = _words("""
    detail data info record table tbl master main list base entity demographic
""")
CREATOR_COLUMNS = _words("""
    user user_id creator creator_id created_by created_by_id author author_id entered_by recorded_by provider_id
    introduced_by owner owned_by auteur encodeur saisi_par ingevoerd_door aangemaakt_door opgesteld_door verfasser
    erstellt_von erfasst_von
""")
NAME_COLUMNS = (
    _words("""
        first_name given_name fname firstname prenom voornaam vorname forename
    """),
    _words("""
        middle_name mname tussenvoegsel
    """),
    _words("""
        last_name family_name lname lastname surname nom_famille achternaam familienaam nachname familienname nom
    """),
    _words("""
        name full_name naam display_name youth_name client_name patient_name nom_complet volledige_naam
    """),
)
"""First, middle and last names, then whole names."""

PATH_WORDS = _words("path filepath url uri location storage key pad bestandspad chemin pfad dateipfad")
SOFT_DELETED = _words("""
    voided deleted is_deleted deleted_at date_deleted verwijderd supprime geloscht removed trashed archived_at
""")
SPECIAL_HEADERS: Mapping[Flag, frozenset[str]] = {
    Flag.HEALTH: _words("""
        health medical diagnosis illness disease disability medication allergy drug treatment symptom hospital blood
        pregnancy vaccination immunization hiv mental psychiatric addiction substance therapy cause_of_death icd dsm
        gezondheid medisch diagnose ziekte aandoening handicap medicatie geneesmiddel behandeling allergie zwanger
        verslaving sante maladie medicament traitement grossesse symptome psychiatrique dependance hospitalisation soin
        gesundheit krankheit behinderung medikament behandlung schwangerschaft sucht krankenhaus arzt
    """),
    Flag.ETHNIC_ORIGIN: _words("""
        race ethnicity ethnic ethnorace ethnic_origin tribe nationality_of_origin etniciteit afkomst herkomst ras origine
        origine_ethnique ethnie ethnische herkunft
    """),
    Flag.POLITICAL: _words("""
        political party politic politiek partij politique parti politisch partei opinion politieke_voorkeur
        opinion_politique
    """),
    Flag.RELIGIOUS_PHILOSOPHICAL: _words("""
        religion religious belief faith church philosophy godsdienst geloof levensbeschouwing religie culte croyance
        conviction religieux konfession glaube bekenntnis weltanschauung
    """),
    Flag.TRADE_UNION: _words("""
        union trade_union labor_union vakbond syndicat gewerkschaft vakvereniging
    """),
    Flag.GENETIC: _words("""
        genetic dna genome genetisch genetique genetik gen_test karyotype
    """),
    Flag.BIOMETRIC: _words("""
        biometric fingerprint iris face_template voiceprint biometrie vingerafdruk empreinte fingerabdruck
        empreinte_digitale
    """),
    Flag.SEX_LIFE_ORIENTATION: _words("""
        sexual sexuality sexual_orientation orientation sexuele_geaardheid geaardheid seksueel seksuele
        orientation_sexuelle sexuel sexualitat sexuell gender_identity genderidentiteit identite_genre
    """),
    Flag.CRIMINAL: _words("""
        conviction criminal crime offence offense arrest prison police sentence probation offender suspect felony
        strafrechtelijk misdrijf veroordeling strafblad arrestatie gevangenis politie verdachte dader parket condamnation
        infraction casier casier_judiciaire delit arrestation detention penal straftat verurteilung vorstrafe verdacht
        haft gefangnis polizei delikt
    """),
}
CATEGORY_HEADERS: Mapping[int, frozenset[str]] = {
    1: _words("""
        first_name given_name fname firstname prenom voornaam vorname last_name family_name lname lastname surname
        achternaam familienaam nachname ssn national_number national_id nn niss insz rrn rijksregisternummer
        numero_national nationalregister birthdate birth_date date_of_birth dob geboortedatum date_naissance geburtsdatum
        birthplace birth gender sex geslacht sexe geschlecht passport birth_month_year_youth address street city
        postal_code zip postcode adres straat adresse rue ville code_postal strasse plz
    """),
}
"""Only what a header alone can tell; the sample tells the rest."""
