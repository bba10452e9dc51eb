-- OpenMRS, medical records: a key-value store of observations (obs) under encounters of patients, who share a key with persons;
-- everything has a soft-delete flag (voided).
CREATE TABLE users (user_id INTEGER PRIMARY KEY, username VARCHAR(50), person_id INTEGER, date_created TIMESTAMP);
CREATE TABLE location (location_id INTEGER PRIMARY KEY, name VARCHAR(255) NOT NULL, description VARCHAR(255));
CREATE TABLE person (person_id INTEGER PRIMARY KEY, gender VARCHAR(50), birthdate DATE, birthdate_estimated SMALLINT,
  dead SMALLINT, death_date TIMESTAMP NULL, cause_of_death INTEGER, creator INTEGER, date_created TIMESTAMP,
  voided SMALLINT NOT NULL, uuid CHAR(38));
CREATE TABLE patient (patient_id INTEGER PRIMARY KEY, creator INTEGER NOT NULL,
  date_created TIMESTAMP NOT NULL, voided SMALLINT NOT NULL, void_reason VARCHAR(255), allergy_status VARCHAR(50),
  FOREIGN KEY (patient_id) REFERENCES person (person_id), FOREIGN KEY (creator) REFERENCES users (user_id));
CREATE TABLE person_name (person_name_id INTEGER PRIMARY KEY, preferred SMALLINT, person_id INTEGER NOT NULL,
  prefix VARCHAR(50), given_name VARCHAR(50), middle_name VARCHAR(50), family_name VARCHAR(50), voided SMALLINT NOT NULL,
  uuid CHAR(38), FOREIGN KEY (person_id) REFERENCES person (person_id));
CREATE TABLE person_attribute_type (person_attribute_type_id INTEGER PRIMARY KEY, name VARCHAR(50), description VARCHAR(1000));
CREATE TABLE person_attribute (person_attribute_id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL, value VARCHAR(50),
  person_attribute_type_id INTEGER NOT NULL, voided SMALLINT NOT NULL, FOREIGN KEY (person_id) REFERENCES person (person_id),
  FOREIGN KEY (person_attribute_type_id) REFERENCES person_attribute_type (person_attribute_type_id));
CREATE TABLE visit (visit_id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL, visit_type_id INTEGER, date_started TIMESTAMP,
  date_stopped TIMESTAMP NULL, location_id INTEGER, creator INTEGER, voided SMALLINT NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patient (patient_id), FOREIGN KEY (location_id) REFERENCES location (location_id));
CREATE TABLE encounter (encounter_id INTEGER PRIMARY KEY, encounter_type INTEGER NOT NULL, patient_id INTEGER NOT NULL,
  location_id INTEGER, form_id INTEGER, encounter_datetime TIMESTAMP NOT NULL, creator INTEGER NOT NULL, date_created TIMESTAMP,
  voided SMALLINT NOT NULL, visit_id INTEGER, FOREIGN KEY (patient_id) REFERENCES patient (patient_id),
  FOREIGN KEY (location_id) REFERENCES location (location_id), FOREIGN KEY (creator) REFERENCES users (user_id));
CREATE TABLE obs (obs_id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL, concept_id INTEGER NOT NULL, encounter_id INTEGER,
  obs_datetime TIMESTAMP NOT NULL, location_id INTEGER, value_coded INTEGER, value_datetime TIMESTAMP NULL, value_numeric FLOAT,
  value_text TEXT, value_complex VARCHAR(1000), comments VARCHAR(255), creator INTEGER NOT NULL, date_created TIMESTAMP NOT NULL,
  voided SMALLINT NOT NULL, uuid CHAR(38), FOREIGN KEY (person_id) REFERENCES person (person_id),
  FOREIGN KEY (encounter_id) REFERENCES encounter (encounter_id), FOREIGN KEY (creator) REFERENCES users (user_id));
CREATE TABLE note (note_id INTEGER PRIMARY KEY, note_type VARCHAR(50), patient_id INTEGER, obs_id INTEGER, encounter_id INTEGER,
  text TEXT NOT NULL, priority INTEGER, creator INTEGER NOT NULL, date_created TIMESTAMP,
  FOREIGN KEY (patient_id) REFERENCES patient (patient_id), FOREIGN KEY (encounter_id) REFERENCES encounter (encounter_id),
  FOREIGN KEY (creator) REFERENCES users (user_id));
CREATE TABLE concept_name (concept_name_id INTEGER PRIMARY KEY, concept_id INTEGER, name VARCHAR(255), locale VARCHAR(50));
INSERT INTO users VALUES (1, 'clerk', 9, '2019-01-01 00:00:00');
INSERT INTO location VALUES (1, 'Ward', 'Where the beds of the ward stand');
INSERT INTO person VALUES (7, 'F', '1981-02-03', 0, 0, NULL, NULL, 1, '2019-01-01 00:00:00', 0, 'u7'),
  (8, 'M', '1990-01-01', 1, 0, NULL, NULL, 1, '2019-01-01 00:00:00', 0, 'u8'), (9, 'F', NULL, 0, 0, NULL, NULL, 1, NULL, 0, 'u9');
INSERT INTO patient VALUES (7, 1, '2019-05-01 10:00:00', 0, NULL, 'Unknown'), (8, 1, '2019-05-02 10:00:00', 1, 'twice', 'Unknown');
INSERT INTO person_name VALUES (1, 1, 7, NULL, 'Jeanne', NULL, 'Dumortier', 0, 'n1'), (2, 1, 8, NULL, 'Karel', NULL, 'Verbist', 0, 'n2');
INSERT INTO person_attribute_type VALUES (1, 'Citizenship', 'Country of which this person is a member');
INSERT INTO person_attribute VALUES (1, 7, '85073003328', 1, 0);
INSERT INTO visit VALUES (1, 7, 1, '2019-05-01 10:00:00', '2019-05-01 12:00:00', 1, 1, 0);
INSERT INTO encounter VALUES (1, 1, 7, 1, 1, '2019-05-01 10:30:00', 1, '2019-05-01 10:30:00', 0, 1);
INSERT INTO obs VALUES
  (1, 7, 100, 1, '2019-05-01 10:40:00', 1, NULL, NULL, NULL, 'La patiente souffre de diabète et suit un traitement', NULL, NULL, 1, '2019-05-01 10:40:00', 0, 'o1'),
  (2, 7, 101, 1, '2019-05-01 10:41:00', 1, NULL, NULL, 38.5, NULL, NULL, NULL, 1, '2019-05-01 10:41:00', 0, 'o2'),
  (3, 8, 100, NULL, '2019-05-02 10:40:00', 1, NULL, NULL, NULL, 'Hij kreeg een depressie na zijn ontslag', NULL, NULL, 1, '2019-05-02 10:40:00', 1, 'o3');
INSERT INTO note VALUES (1, 'nursing', 7, NULL, 1, 'Elle a parlé de sa religion avec l''infirmière', 1, 1, '2019-05-01 11:00:00');
INSERT INTO concept_name VALUES (1, 100, 'Clinical note of the day', 'en');
