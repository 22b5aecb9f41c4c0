"""A playbook out of the tables legal teams have: read, understood, corrected by a person, made a draft.

`reading` gets the tables out of a file in a child process; `columns` says what each column is, `lines` what
each row is; `topic_guess` and `positions` propose what Parley can execute; `building` makes the rules. None
of these knows the database; the import as a row is in `playbooks.services.table_imports`.
"""
