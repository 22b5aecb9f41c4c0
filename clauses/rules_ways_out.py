"""Second-vote phrase rules for not competing, leaving without a reason and paying for it: the narrow wordings.

Written after reading what the rules of ``cuad_rules`` missed in the building contracts. Score as there.
"""
# ruff: noqa: E501  (a pattern cut over lines is harder to check than a long one)

from clauses.sentence_rule import rule as _r

RULES = (
    # --- not to compete ---
    _r("Non-Compete", 0.7, r"\b(?:shall|will|may|agrees?|must)\b.{0,20}\bnot\b.{0,200}\b(?:market|sell|distribut\w*|promot\w*|develop\w*|manufactur\w*|offer|advertis\w*|engage|participate|conduct|operate|own|place)\b.{0,200}\b(?:compet(?:e|es|ing|itive|itors?)\b|substantially similar|similar (?:to|products?|services?|business|project)|same or similar)", "compet|similar",
       "during the term the agent will not sell any product that is substantially similar to the goods", "you will not find a similar house", r"confidential|disclos|confusing\w*|court of competent|trademark|marks\b|third part\w+ who|limited to|content|similar name"),
    _r("Non-Compete", 0.8, r"\b(?:own|maintain|operate|engage(?:d)? in|be employed by|interest in|carry on|concerned)\b.{0,160}\b(?:business|entity|enterprise|firm|company|trade)\b.{0,100}\b(?:compet(?:e|es|ing|itive|ition)\b|same (?:as|or similar)|similar to)", "compet|same|similar",
       "nor be employed by any business which competes with the franchise", "they own a business in a similar street", r"nothing|not (?:be )?(?:prevent|restrict|prohibit|limit|preclude)|confidential|confusing|deceptive|court of competent"),
    _r("Non-Compete", 0.4, r"\badvertis\w*\b.{0,100}\bcompetitors?\b|\bcompetitors?\b.{0,80}\b(?:banners?|links?|advertis\w*|sponsor\w*)\b|\"[^\"]{0,40}compet(?:itor|ing|itive)[^\"]{0,30}\".{0,20}\bmeans?\b", "competit|compet",
       "it shall not show advertisements of any competitor on the page", "competitors met for the race"),
    # --- leaving without a reason ---
    _r("Termination for Convenience", 0.85, r"\b(?:may (?:be )?(?:\w+ )?(?:terminat|cancel)\w*|terminable|(?:right|option|entitled) to (?:terminate|cancel)|terminated by either|until terminated|right to withdraw)\b.{0,160}\b(?:upon|by|on|with|at least|giving|providing)\b.{0,80}(?:\b(?:days?|months?|weeks?)\b|\[\*+\]|\(\d+\)).{0,60}\bnoti(?:ce|fication)", "terminat|cancel|withdraw",
       "this agreement may be cancelled by either party upon sixty days' written notice", "the rail line terminates upon notice", r"breach|default|\bif\b|\bevent\b|bankrupt|insolven|fail|renew|cure|unless|following|change of control|force majeure|for cause|reasonably believes|only"),
    _r("Termination for Convenience", 0.85, r"\b(?:may|right|entitled|option|discretion)\b.{0,60}\b(?:terminate[ds]?|cancel(?:led|ed)?)\b.{0,120}\b(?:for (?:its |their )?convenience|without (?:any )?(?:cause|reason)|for any (?:or no )?reason|for non-cause|with or without (?:cause|reason)|in its (?:sole|absolute)(?: and absolute| and sole)? discretion|at will)\b", "terminat|cancel",
       "client may terminate the order for convenience with a month's notice", "the call may be terminated when it ends", r"\b(?:upon|after|following|on|event of|in case of|effects? of|prior to) (?:the |any |such )?(?:expiration|termination|terminating)|breach|default|employment|for any reason other than|consultant's services"),
    _r("Termination for Convenience", 0.85, r"\bmay\b.{0,30}\b(?:terminate|cancel|revoke|withdraw)\b.{0,80}\bat any time\b|\bat any time\b.{0,60}\b(?:may )?(?:terminate|cancel|revoke)\b.{0,40}\bthis\b", "at any time",
       "licensor may revoke the permission at any time by letter", "call at any time", r"breach|default|\bif\b|\bevent\b|bankrupt|insolven|fail|offer|underwrit|occurrence|purchase orders|at any time (?:after|following|from)|the agent may|plans"),
    # --- sums for leaving or for a breach ---
    _r("Liquidated Damages", 0.35, r"\b(?:early )?(?:termination|cancell?ation|break-?up|buy-?out|kill) (?:fees?|charges?|payments?|penalt(?:y|ies))\b.{0,80}\b(?:of|equal|amount|pay|specified)\b|\b(?:pay|payment of)\b.{0,80}\b(?:early )?(?:termination|cancell?ation|break-?up|buy-?out) (?:fees?|charges?|penalt)", "termination|cancel|break|buy|kill",
       "the customer shall pay an early termination fee equal to three months' fees", "the termination of the fee was welcome", r"without (?:any )?(?:termination|penalty|payment)|effect of|no (?:early )?(?:termination|cancell?ation)"),
    _r("Liquidated Damages", 0.65, r"\bliquidated damages\b.{12,}|\b(?:not (?:as )?a penalty|genuine pre-?estimate|reasonable pre-?estimate)\b|\b(?:per|for each|for every) (?:\w+ )?(?:day|week|violation|breach)\b.{0,60}\b(?:delay|late|breach|default)|\bfor a delay of\b", "liquidated|penalty|estimate|per |for each|for every|delay",
       "one percent of the price for each week of delay, as a genuine pre-estimate of the loss", "a late train each week", r"interest|cure|no liquidated|estimate of the amount|not pay us"),
    _r("Liquidated Damages", 0.5, r"\b(?:violation|breach|solicits|hires?)\b.{0,160}\b(?:shall|will) pay\b.{0,80}\b(?:amount|sum|equivalent|fee) (?:equal to|of)|\bpay\b.{0,80}\b(?:amount|sum|fee) equal to\b.{0,160}\b(?:solicit\w*|hire\w*|violat\w*|termination)", "pay",
       "a party in breach of this article shall pay to the other an amount equal to six months' pay", "they pay the sum for tea", r"royalt|commission|indemni|employment"),
)  # fmt: skip
