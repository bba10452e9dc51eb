"""Our own database: what was seen, decided, approved and erased, and the proof of it. No text, no names, no matched terms.

Every id is a random surrogate. Frames carry surrogates under the column names of `domain/frames.py`. Every change appends to
the audit chain in its own transaction; moments are UTC. Import from the modules:

    opening       open_ledger(url, key, *, clock=system) -> Ledger; new_key() -> bytes; parse_key(text) -> bytes
                  read_key(path, *, create=False) -> bytes
    connection    Ledger: engine, keys, ledger_id, now(), reading(), writing(), close(); server_date(ledger) -> date
    surrogate_ids new_id(kind) -> id, for a plan or a report
    stores        StoreRecord; register_store(ledger, name, kind, locator, demo=False, owner=None) -> store_id
                  stores(ledger)
                  store_named(ledger, name) -> StoreRecord
    locator       surrogates(ledger, store_id, kind, keys, *, dossier_of=None) -> {key: surrogate}
                  natural_keys(ledger, ids) -> {surrogate: key}
    runs          RunStart (and RunStart.under(policy, verb, store_id, at)); RunRecord; start_run(ledger, start) -> run_id
                  finish_run(ledger, run_id, state, counts, finished_at); run(ledger, run_id)
                  runs(ledger, *, store_id=None, verb=None, limit)
    partitions    FrozenPartition; record_partitions(ledger, run_id, partitions); frozen_partitions(ledger, run_id)
    units         compared(ledger, store_id, dossier_ids, {key: digest}, settled) -> Compared
                  known_dossiers(ledger, store_id); miss_units, drop_units(ledger, run_id, unit_ids)
                  drop_missed(ledger, run_id, dossier_ids=())
    recording     UnitScope; UnitRead; Found; Recording(ledger, run_id, store_id): begin, find, end, flush
    findings      FINDING_COLUMNS; entry_findings(ledger, store_id, threshold) -> frame ENTRY_FINDINGS
                  all_findings(ledger, store_id) -> rows; unexamined_units, gap_counts, run_counts
    outcomes      record_outcomes(ledger, run_id, store_id, outcomes, *, rule_ids=()); latest_outcomes(ledger, store_id)
    dues          DUE_DTYPES; record_dues(ledger, run_id, store_id, dues); latest_dues(ledger, store_id)
    plans         PlanRecord; ITEM_DTYPES; save_plan(ledger, plan, items, traces=None); load_plan(ledger, plan_id)
                  plan_items(ledger, plan_id); set_plan_state(ledger, plan_id, expected, new)
                  latest_plans(ledger, store_id=None, limit)
    people        PersonRecord; person_id_of(ledger, login); enrol(ledger, person); revoke(ledger, person_id, at)
                  people(ledger)
    approvals     SignedApproval; approval_message(approval) -> bytes; sign_approval(approval, private_key) -> SignedApproval
                  record_approval(ledger, approval); approvals(ledger, plan_id); standing(approvals)
    holds         HeldDossier; held_dossier(ledger, hold, ground); sign_act(held, act, private_key) -> signature
                  record_act(ledger, held, act, signature) -> whether the erasure had begun; held_by(ledger, hold_id)
                  ground_of(ledger, held); holds_on(ledger, dossier_ids) -> [RecordedHold]; held_dossiers(ledger, store_id)
    signatures    statement(kind, fields) -> bytes; sign_statement(private_key, message); check_signature, check_moment
    declarations  Declaration; sealed_note, note_of; declared(ledger, kinds, subject=None)
                  erase_declarations(ledger, connection, subjects)
    locked_keys   lock_key(ledger, person_id, key, passphrase); unlock_key(ledger, person_id, passphrase); has_locked_key(...)
    batches       write_intent(ledger, plan_id, item_ids, at) -> items to delete now; mark_done(ledger, plan_id, results)
                  open_intents(ledger, plan_id) -> [item_id]
    tombstones    forget_dossiers(ledger, dossier_ids) -> int; erased_before(ledger, store_id, kind, keys) -> {key: Tombstone}
    traces        PlanTraces; new_trace_key(); plans_with_a_key(ledger); kept_traces(ledger, plan_id) -> PlanTraces | None
                  destroy_traces(ledger, connection, plan_id, payload); destruction(ledger, plan_id) -> payload | None
    mentions      record_mentions(ledger, plan_id, mentions); recorded_mentions(ledger, plan_id)
    certificates  save_certificate(ledger, plan_id, body, issued_at) -> CertificateRecord; certificates(ledger, plan_id)
                  certificate_message(body, issued_at) -> bytes
    finding_groups  finding_groups(ledger, store_id, threshold), declarations(ledger, store_id), entry_records(ledger, store_id)
    triage_items  ITEM_COLUMNS; refresh_items(ledger, store_id, rule_ids, items, on) -> counts; items_of(ledger, ...) -> frame
                  silent_items, discussed_items(ledger, controllers) -> frame
    triage_queue  Filters, Scale; queued(ledger, filters, scale, first=, most=) -> [item_id]; queue_counts(...)
    triage_events SaidOfItem; record_said(ledger, said); said_of(ledger, item_ids=None) -> {item_id: [SaidOfItem]}
    samples       SampleRecord; save_sample(ledger, sample, entries); record_answers(ledger, sample_id, person_id, answers)
    figures       FrozenReport; freeze_figures(ledger, report); frozen(ledger, report_id) -> FrozenReport | None
                  frozen_reports(ledger) -> [report_id]
    deliveries    Delivery; sign_delivery(delivery, key); record_delivery(ledger, delivery); deliveries(ledger, report_id=None)
    counts        coverage_, not_examined_, outcome_, due_, answer_, purge_counts(ledger, ...)
                  entries_of, due_scopes(ledger, ...)
    content_counts  entry_contents(ledger, threshold, store_id=None); category_, flag_, read_counts(contents)
    mandates      Mandate; record_mandate(ledger, mandate); sign_mandate(mandate, key); mandate_of(ledger, mandate_id)
                  mandates(ledger, store_id=None); end_mandate(ledger, mandate_id, person_id); end_expired(ledger, day)
    shadow_copies ShadowCopy; SearchRecord; record_search(ledger, search, found); last_searches(ledger, store_id)
                  copies_found(ledger, mandate_id); record_telling(ledger, mandate_id, copies)
    destruction_notes  DestructionNote; sign_note(note, key); record_note(ledger, note); notes_of(ledger, plan_id)
    audit_chain   append(ledger, connection, kind, payload, *, subject=""); head(ledger) -> Checkpoint
    chain_memory  ChainMemory(subject, kinds): what was read, until somebody else records something
    chain_verification  verify_chain(ledger, *, witness=None) -> ChainReport, the tables it tells of included (chain_contents)
                  erase_segment(ledger, segment)
    chain_export  ChainExport; export_chain(ledger) -> bytes; read_export(bytes); verify_against(ledger, export)
    replay_origins  record_origin(ledger, plan_id, store_id); origin(ledger, plan_id) -> store_id | None
"""
