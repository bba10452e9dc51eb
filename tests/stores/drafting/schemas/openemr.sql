-- OpenEMR, medical records: no declared references; notes and forms name a patient by pid, which isn't the primary key.
CREATE TABLE patient_data (id INTEGER PRIMARY KEY, title VARCHAR(255), language VARCHAR(255), fname VARCHAR(255), lname VARCHAR(255),
  mname VARCHAR(255), DOB DATE, street VARCHAR(255), postal_code VARCHAR(255), city VARCHAR(255), ss VARCHAR(255),
  occupation TEXT, phone_home VARCHAR(255), status VARCHAR(255), date TIMESTAMP NULL, sex VARCHAR(255), providerID INTEGER,
  ethnoracial VARCHAR(255), pid INTEGER NOT NULL UNIQUE, religion VARCHAR(40), regdate TIMESTAMP NULL);
CREATE TABLE pnotes (id INTEGER PRIMARY KEY, date TIMESTAMP NULL, body TEXT, pid INTEGER, "user" VARCHAR(255), groupname VARCHAR(255),
  activity SMALLINT, authorized SMALLINT, title VARCHAR(255), assigned_to VARCHAR(255), deleted SMALLINT, message_status VARCHAR(20));
CREATE TABLE form_soap (id INTEGER PRIMARY KEY, date TIMESTAMP NULL, pid INTEGER, "user" VARCHAR(255), groupname VARCHAR(255),
  authorized SMALLINT, activity SMALLINT, subjective TEXT, objective TEXT, assessment TEXT, plan TEXT);
CREATE TABLE users (id INTEGER PRIMARY KEY, username VARCHAR(255), fname VARCHAR(255), lname VARCHAR(255), facility_id INTEGER,
  info TEXT);
CREATE TABLE facility (id INTEGER PRIMARY KEY, name VARCHAR(255), phone VARCHAR(30));
CREATE TABLE documents (id INTEGER PRIMARY KEY, type VARCHAR(20), size INTEGER, date TIMESTAMP NULL, url VARCHAR(255),
  mimetype VARCHAR(255), foreign_id INTEGER, docdate DATE);
CREATE TABLE lists (id INTEGER PRIMARY KEY, date TIMESTAMP NULL, type VARCHAR(255), title VARCHAR(255), begdate TIMESTAMP NULL,
  enddate TIMESTAMP NULL, diagnosis VARCHAR(255), activity SMALLINT, comments TEXT, pid INTEGER, "user" VARCHAR(255));
INSERT INTO patient_data VALUES (1, 'Mr', 'dutch', 'Tom', 'Peeters', '', '1970-01-02', 'Kerkstraat 1', '9000', 'Gent', '',
  'bakker', '', 'married', '2018-01-01 00:00:00', 'Male', 1, 'unknown', 501, 'catholic', '2018-01-01 00:00:00');
INSERT INTO pnotes VALUES (1, '2018-02-01 00:00:00', 'Patiënt belde over zijn hartmedicatie en slaapt slecht', 501, 'admin', 'Default', 1, 1, 'Note', 'admin', 0, 'New');
INSERT INTO form_soap VALUES (1, '2018-02-02 00:00:00', 501, 'admin', 'Default', 1, 1, 'Klaagt over pijn op de borst sinds gisteren', 'ECG normaal', 'Angst', 'Opvolgen binnen een week');
INSERT INTO users VALUES (1, 'admin', 'A', 'B', 1, NULL);
INSERT INTO facility VALUES (1, 'Huis', NULL);
INSERT INTO documents VALUES (1, 'file_url', 10, '2018-02-03 00:00:00', 'file:///sites/default/documents/501/x.pdf', 'application/pdf', 501, '2018-02-03');
INSERT INTO lists VALUES (1, '2018-02-01 00:00:00', 'medical_problem', 'Hypertensie', '2017-01-01 00:00:00', NULL, 'ICD10:I10', 1, 'Neemt sinds jaren dezelfde pil', 501, 'admin');
