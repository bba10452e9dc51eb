-- Primero, child protection case management: whole records in one JSONB column, keys that are UUIDs, no declared references.
CREATE TABLE agencies (id INTEGER PRIMARY KEY, unique_id VARCHAR(255), agency_code VARCHAR(255) NOT NULL, telephone VARCHAR(255),
  name_i18n JSON);
CREATE TABLE users (id INTEGER PRIMARY KEY, user_name VARCHAR(255), full_name VARCHAR(255), agency_id INTEGER, email VARCHAR(255));
CREATE TABLE cases (id CHAR(36) PRIMARY KEY, data JSON, matched_tracing_request_id CHAR(36), matched_trace_id VARCHAR(255),
  duplicate_case_id CHAR(36));
CREATE TABLE incidents (id CHAR(36) PRIMARY KEY, data JSON, incident_case_id CHAR(36));
CREATE TABLE flags (id INTEGER PRIMARY KEY, record_id VARCHAR(255), record_type VARCHAR(255), date DATE, message TEXT,
  flagged_by VARCHAR(255), removed BOOLEAN NOT NULL, created_at TIMESTAMP NULL);
CREATE TABLE attachments (id INTEGER PRIMARY KEY, attachment_type VARCHAR(255), record_type VARCHAR(255), record_id CHAR(36),
  field_name VARCHAR(255), description VARCHAR(255), date DATE, comments VARCHAR(255));
CREATE TABLE record_histories (id INTEGER PRIMARY KEY, record_id VARCHAR(255), record_type VARCHAR(255), datetime TIMESTAMP NULL,
  user_name VARCHAR(255), action VARCHAR(255), record_changes JSON);
CREATE TABLE form_sections (id INTEGER PRIMARY KEY, unique_id VARCHAR(255), name_i18n JSON, description_i18n JSON);
INSERT INTO agencies VALUES (1, 'agency-1', 'A1', NULL, '{"en": "One"}');
INSERT INTO users VALUES (1, 'primero', 'P', 1, 'p@example.org');
INSERT INTO cases VALUES
  ('11111111-1111-4111-8111-111111111111', '{"status": "open", "registration_date": "2021-03-04", "created_at": "2021-03-04T10:00:00.000Z", "owned_by": "primero", "owned_by_agency_id": "A1", "name": "Amira Haddad", "notes_section": [{"note_text": "She fled with her mother, who is ill with tuberculosis"}]}', NULL, NULL, NULL),
  ('22222222-2222-4222-8222-222222222222', '{"status": "closed", "registration_date": "2020-01-02", "date_closure": "2021-05-06", "owned_by_agency_id": "A1", "name": "Samir N", "ethnicity": "Kurdish"}', NULL, NULL, NULL);
INSERT INTO incidents VALUES ('33333333-3333-4333-8333-333333333333', '{"incident_description": "He was beaten at the border by the police"}', '11111111-1111-4111-8111-111111111111');
INSERT INTO flags VALUES (1, '11111111-1111-4111-8111-111111111111', 'Child', '2021-03-05', 'Please see to her asthma before the winter', 'primero', FALSE, '2021-03-05 00:00:00');
INSERT INTO attachments VALUES (1, 'document', 'Child', '11111111-1111-4111-8111-111111111111', 'other_documents', 'Letter of the hospital about her asthma', '2021-03-05', NULL);
INSERT INTO record_histories VALUES (1, '11111111-1111-4111-8111-111111111111', 'Child', '2021-03-05 00:00:00', 'primero', 'update', '{"name": {"from": null, "to": "Amira Haddad"}}');
INSERT INTO form_sections VALUES (1, 'basic', '{"en": "Basic identity of the child"}', '{"en": "What everybody is asked first"}');
