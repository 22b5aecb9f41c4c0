"""An optional language model behind one interface: it may suggest, it never decides.

1. A person asks: for a reason, for wording where the review could not tell, or for rules out of prose.
2. A job asks the endpoint that `PARLEY_LANGUAGE_MODEL_URL` names; text of contracts is fenced as data.
3. The answer is checked: its form, and that every quote stands in the text, at an offset.
4. The person reads it, marked as a suggestion, changes it, and uses or dismisses it. Only then does
   anything happen,
   through the same services as if they had written it themselves.
"""
