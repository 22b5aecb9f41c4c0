"""Packs: what is usually negotiated in a kind of contract, what an industry or a border adds, and what to do
when.

`contract_types` are starting points for a playbook, `overlays` adjust one that is there, `checklists` are the
steps of preparing, negotiating and following up. All three are data files beside this one.
"""
