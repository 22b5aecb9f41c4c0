"""The clause library: approved wordings, where they are used, what is like them, and a playbook made of them.

`similar` and `usage` are plain values in and out; rows are written by `playbooks.services.library` only.
"""
