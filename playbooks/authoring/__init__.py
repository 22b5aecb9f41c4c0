"""Writing playbooks in the browser: drafts changed a piece at a time, tried on texts, compared, published."""
