-- CASA, a caseload of child welfare volunteers: cases of an organisation, contacts with notes, court dates and orders, follow-ups.
CREATE TABLE casa_orgs (id INTEGER PRIMARY KEY, name VARCHAR(255) NOT NULL, created_at TIMESTAMP NOT NULL, display_name VARCHAR(255),
  address VARCHAR(255), slug VARCHAR(255));
CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(255) NOT NULL, casa_org_id INTEGER NOT NULL, display_name VARCHAR(255),
  type VARCHAR(255), active BOOLEAN, created_at TIMESTAMP NOT NULL, FOREIGN KEY (casa_org_id) REFERENCES casa_orgs (id));
CREATE TABLE judges (id INTEGER PRIMARY KEY, casa_org_id INTEGER NOT NULL, name VARCHAR(255), active BOOLEAN,
  FOREIGN KEY (casa_org_id) REFERENCES casa_orgs (id));
CREATE TABLE casa_cases (id INTEGER PRIMARY KEY, case_number VARCHAR(255) NOT NULL, transition_aged_youth BOOLEAN,
  created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL, casa_org_id INTEGER NOT NULL, birth_month_year_youth TIMESTAMP NULL,
  active BOOLEAN NOT NULL, judge_id INTEGER, court_report_status INTEGER, slug VARCHAR(255), date_in_care TIMESTAMP NULL,
  FOREIGN KEY (casa_org_id) REFERENCES casa_orgs (id), FOREIGN KEY (judge_id) REFERENCES judges (id));
CREATE TABLE case_assignments (id INTEGER PRIMARY KEY, casa_case_id INTEGER NOT NULL, volunteer_id INTEGER NOT NULL,
  active BOOLEAN NOT NULL, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL, hide_old_contacts BOOLEAN,
  FOREIGN KEY (casa_case_id) REFERENCES casa_cases (id), FOREIGN KEY (volunteer_id) REFERENCES users (id));
CREATE TABLE case_contacts (id INTEGER PRIMARY KEY, creator_id INTEGER NOT NULL, casa_case_id INTEGER NOT NULL,
  duration_minutes INTEGER NOT NULL, occurred_at TIMESTAMP NOT NULL, created_at TIMESTAMP NOT NULL, contact_made BOOLEAN,
  medium_type VARCHAR(255), miles_driven INTEGER, notes TEXT, deleted_at TIMESTAMP NULL,
  FOREIGN KEY (casa_case_id) REFERENCES casa_cases (id), FOREIGN KEY (creator_id) REFERENCES users (id));
CREATE TABLE court_dates (id INTEGER PRIMARY KEY, date TIMESTAMP NOT NULL, casa_case_id INTEGER NOT NULL, judge_id INTEGER,
  court_report_due_date TIMESTAMP NULL, FOREIGN KEY (casa_case_id) REFERENCES casa_cases (id));
CREATE TABLE case_court_orders (id INTEGER PRIMARY KEY, casa_case_id INTEGER NOT NULL, created_at TIMESTAMP NOT NULL,
  implementation_status INTEGER, court_date_id INTEGER, text TEXT, FOREIGN KEY (casa_case_id) REFERENCES casa_cases (id));
CREATE TABLE followups (id INTEGER PRIMARY KEY, case_contact_id INTEGER, creator_id INTEGER, status INTEGER,
  created_at TIMESTAMP NOT NULL, note TEXT, FOREIGN KEY (creator_id) REFERENCES users (id));
CREATE TABLE notes (id INTEGER PRIMARY KEY, content TEXT, creator_id INTEGER, notable_type VARCHAR(255), notable_id INTEGER,
  created_at TIMESTAMP NOT NULL);
CREATE TABLE sent_emails (id INTEGER PRIMARY KEY, user_id INTEGER, casa_org_id INTEGER NOT NULL, mailer_type VARCHAR(255),
  category VARCHAR(255), sent_address VARCHAR(255), created_at TIMESTAMP NOT NULL);
CREATE TABLE patch_notes (id INTEGER PRIMARY KEY, note TEXT NOT NULL, patch_note_type_id INTEGER, created_at TIMESTAMP NOT NULL);
INSERT INTO casa_orgs VALUES (1, 'Oost', '2020-01-01 00:00:00', 'Oost', NULL, 'oost');
INSERT INTO users VALUES (1, 'a@example.org', 1, 'A', 'Volunteer', TRUE, '2020-01-01 00:00:00');
INSERT INTO judges VALUES (1, 1, 'J', TRUE);
INSERT INTO casa_cases VALUES (1, 'X-1', TRUE, '2020-02-01 00:00:00', '2020-02-01 00:00:00', 1, '2006-05-01 00:00:00', TRUE, 1, 0, 'x-1', NULL),
  (2, 'X-2', FALSE, '2020-03-01 00:00:00', '2020-03-01 00:00:00', 1, NULL, FALSE, 1, 0, 'x-2', '2019-12-01 00:00:00');
INSERT INTO case_assignments VALUES (1, 1, 1, TRUE, '2020-02-02 00:00:00', '2020-02-02 00:00:00', FALSE);
INSERT INTO case_contacts VALUES
  (1, 1, 1, 30, '2020-02-03 00:00:00', '2020-02-03 00:00:00', TRUE, 'in-person', 0, 'The youth takes medication for epilepsy since last year', NULL),
  (2, 1, 2, 30, '2020-03-03 00:00:00', '2020-03-03 00:00:00', TRUE, 'letter', 0, 'His father was convicted of theft and sits in prison', '2020-03-04 00:00:00');
INSERT INTO court_dates VALUES (1, '2020-06-01 00:00:00', 1, 1, NULL);
INSERT INTO case_court_orders VALUES (1, 1, '2020-06-01 00:00:00', 1, 1, 'The youth is to see a psychiatrist every month');
INSERT INTO followups VALUES (1, 1, 1, 0, '2020-02-05 00:00:00', 'Ask again about the pregnancy of her sister');
INSERT INTO notes VALUES (1, 'A note about a volunteer and nobody else', 1, 'User', 1, '2020-02-05 00:00:00');
INSERT INTO patch_notes VALUES (1, 'This release mends the calendar of the page', 1, '2020-02-05 00:00:00');
