"""Phrase rules for the sentence categories of CUAD, each with words it must and must not match.

The same conventions as in ``type_rules``: sentences are compared small, with straight quotes and single blanks;
``needs`` are cheap literals tried first. The score is the share of sentences of the building contracts that the rule
was right about, rounded by hand; 0.5 and above is what a person is shown.
"""
# ruff: noqa: E501  (a pattern cut over lines is harder to check than a long one)

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentenceRule:
    category: str
    score: float
    pattern: str
    needs: tuple[str, ...]
    yes: str
    no: str
    never: str = r"(?!)"


def _r(
    category: str, score: float, pattern: str, needs: str, yes: str, no: str, never: str = r"(?!)"
) -> SentenceRule:
    return SentenceRule(category, score, pattern, tuple(needs.split("|")), yes, no, never)


RULES: tuple[SentenceRule, ...] = (
    _r("Governing Law", 0.95, r"\b(?:govern(?:ed|s)?|constru\w+|interpreted|enforced)\b.{0,160}\blaws?\b.{0,30}\b(?:of|in)\b|\blaws? of\b.{0,80}\b(?:shall |will )?(?:govern|apply|control)", "law",
       "this agreement shall be governed by the laws of the state of new york", "party shall comply with the laws of physics", r"\bcorporation\b.{0,40}\bunder the laws|organized|licensed under|securities laws"),
    _r("Anti-Assignment", 0.9, r"\b(?:not|neither|no)\b.{0,160}\b(?:assign|transfer|delegate|assignable|assigned)\b.{0,240}\b(?:consent|approval)\b|\b(?:may|shall|can) not be assigned|\bnot assignable\b", "assign|transfer",
       "neither party may assign this agreement without the prior written consent of the other", "we assign tasks daily", r"\bsublicen[sc]e\b.{0,30}\bsoftware\b"),
    _r("Anti-Assignment", 0.75, r"\b(?:any|attempted|purported)\b.{0,60}\b(?:assignment|transfer)\b.{0,160}\b(?:void|null|invalid|no effect|without (?:such|the|prior))", "assignment|transfer",
       "any attempted assignment in violation of this section is void", "any assignment is welcome"),
    _r("Anti-Assignment", 0.6, r"\bmay (?:freely )?assign\b.{0,120}\b(?:this agreement|rights|obligations)\b", "assign",
       "customer may assign this agreement to an affiliate", "teachers may assign reading"),
    _r("Cap on Liability", 0.88, r"\b(?:liab\w+|damages|recover\w*|obligation)\b.{0,260}\b(?:exceed|limited to|in excess of|maximum|aggregate)\b.{0,200}\b(?:amount|paid|fees|\$|price|sum|payable|months|replacement)", "exceed|limited to|excess|maximum|aggregate",
       "in no event shall liability exceed the fees paid in the twelve months before the claim", "liability insurance is required", r"insurance|per occurrence"),
    _r("Cap on Liability", 0.85, r"\b(?:in no event|neither party|not be|no party|nor|under no circumstances)\b.{0,160}\bliable\b.{0,260}\b(?:consequential|indirect|incidental|special|punitive|lost profits|loss of profits)", "liable",
       "in no event shall either party be liable for indirect or consequential damages", "they are likely to agree"),
    _r("Cap on Liability", 0.6, r"\bno (?:action|claim|suit)\b.{0,160}\b(?:more than|after|later than)\b.{0,60}\b(?:years?|months?)\b", "action|claim|suit",
       "no action may be brought more than two years after the cause arose", "no action is needed"),
    _r("Uncapped Liability", 0.6, r"\b(?:limitations?|limits?|exclusions?|cap|foregoing|this section)\b.{0,200}\b(?:shall not|do(?:es)? not|will not)\b.{0,20}\b(?:apply|limit|extend)\b.{0,240}\b(?:indemnif|confidential|gross negligence|wil+ful|fraud|breach|liabilit)", "not",
       "the foregoing limitations shall not apply to indemnification obligations", "this rule does not apply on sundays"),
    _r("Uncapped Liability", 0.55, r"\b(?:except|other than|excluding)\b.{0,200}\b(?:indemnif\w*|confidential\w*|gross negligence|wil+ful misconduct)\b.{0,300}\b(?:in no event|not be liable|liability)\b.{0,200}\b(?:consequential|indirect|exceed)", "except|other than|excluding",
       "except for breaches of confidentiality, in no event shall a party's liability exceed the fees", "except on holidays"),
    _r("Audit Rights", 0.85, r"\b(?:right|entitled|may|permit\w*|allow\w*|shall|access)\b.{0,160}\b(?:audit|inspect|examine)\w*\b.{0,160}\b(?:books|records|accounts|facilit\w+|premises|compliance|accountant|auditor|locations?|sites?)", "audit|inspect|examine",
       "licensor may audit licensee's books and records", "the auditorium has premises"),
    _r("Audit Rights", 0.65, r"\baudit\b.{0,160}\b(?:discloses?|reveals?|shows?|underpayment|expense|cost|notice|year)|\b(?:keep|maintain)\b.{0,60}\b(?:books|records)\b.{0,160}\b(?:audit|inspect|examin|available)", "audit|books|records",
       "if the audit reveals an underpayment of 5%, licensee bears the cost", "the books are heavy"),
    _r("Insurance", 0.88, r"\b(?:maintain|carry|procure|obtain|keep|purchase|provide|secure|insured?)\b.{0,160}\binsurance\b|\binsurance\b.{0,160}\b(?:coverage|polic(?:y|ies)|limits?|certificates?|per occurrence|named|additional insured|not less than|minimum)", "insur",
       "supplier shall maintain liability insurance of not less than $1,000,000", "insure a quiet evening", r"\bregulation of insurance\b|insurance company\b.{0,20}\blicens"),
    _r("License Grant", 0.88, r"\b(?:hereby |also |shall |will |does )*grants?\b.{0,160}\b(?:licen[sc]e|sublicen[sc]e|right (?:and licen[sc]e )?to (?:use|market|sell|distribute|reproduce|make|access|display|promote))", "grant",
       "licensor hereby grants to licensee a non-exclusive licence to use the software", "the council grants money", r"\bno (?:other )?licen[sc]e\b|\bnot grant"),
    _r("License Grant", 0.55, r"\b(?:licen[sc]e granted|non-?exclusive.{0,60}licen[sc]e|licen[sc]es? to (?:use|make|sell)|shall have the (?:exclusive |non-?exclusive )?right to (?:use|sublicen[sc]e|distribute|market))\b", "licen|right to",
       "distributor shall have the right to distribute the products", "licence plates", r"\bno licen[sc]e\b"),
    _r("Non-Transferable License", 0.8, r"\b(?:non-?\s?transferable|nontransferable|non-?assignable)\b.{0,160}\b(?:licen[sc]e|right)|\blicen[sc]e\b.{0,160}\b(?:non-?transferable|not transferable|non-?assignable|not (?:be )?(?:assign|transfer)\w*)", "transferable|assignable|licen",
       "a non-exclusive, non-transferable licence", "a driving licence in a wallet"),
    _r("Irrevocable or Perpetual License", 0.8, r"\b(?:perpetual|irrevocabl[ey])\b.{0,160}\b(?:licen[sc]e|right)|\blicen[sc]e\b.{0,120}\b(?:perpetual|irrevocable|in perpetuity)", "perpetual|irrevocabl|perpetuity",
       "a perpetual, irrevocable licence to use the software", "perpetual motion", r"\birrevocably (?:submit|consent|waive|agree)"),
    _r("Exclusivity", 0.65, r"\b(?:exclusive (?:right|licen[sc]e|distributor|supplier|provider|agent|reseller|basis|territor|manufactur)|sole and exclusive (?:right|licen|distributor|supplier)|exclusively (?:from|through|purchase|use|with|by)|only (?:supplier|distributor|provider)|exclusivity)\b", "exclusiv|only ",
       "appoints distributor as its exclusive distributor in the territory", "exclusive of taxes", r"non-?exclusive|exclusive jurisdiction|exclusive remed|exclusive propert|exclusive venue|exclusive owner"),
    _r("Exclusivity", 0.6, r"\bnot\b.{0,120}\b(?:appoint|purchase|obtain|engage|enter into)\b.{0,160}\b(?:any other|another|third part|other than)\b", "not",
       "supplier shall not appoint any other distributor", "it was not another day"),
    _r("Non-Compete", 0.68, r"\bnot\b.{0,260}\b(?:compet(?:e|es|ing|itive|itor|itors))\b|\bnon-?compet|covenants? not to compete", "compet",
       "consultant shall not engage in any business that competes with the company", "he is competent", r"not (?:prevent|restrict|prohibit|limit)|court of competent"),
    _r("No-Solicit of Employees", 0.85, r"\b(?:not|nor|neither|refrain)\b.{0,200}\b(?:solicit|hire|employ|recruit|entice|induce)\w*\b.{0,160}\b(?:employees?|personnel|staff|officers?)\b", "solicit|hire|employ|recruit|entice|induce",
       "neither party shall solicit for employment any employee of the other", "employees may not smoke", r"not be (?:deemed|considered|construed|an)|independent contractor|workers"),
    _r("No-Solicit of Customers", 0.72, r"\b(?:not|nor|neither|refrain)\b.{0,200}\b(?:solicit|divert|entice|induce|contact|canvass)\w*\b.{0,160}\b(?:customers?|clients?|accounts?|merchants?|subscribers?)\b", "solicit|divert|entice|induce|contact|canvass",
       "agent shall not solicit any customers of the company", "clients may not arrive late"),
    _r("Non-Disparagement", 0.9, r"\bdisparag|\bderogatory\b|\bdefam\w+\b.{0,120}\b(?:party|company|brand|reputation)", "disparag|derogatory|defam",
       "neither party shall make any disparaging statement about the other", "the party was loud"),
    _r("Termination for Convenience", 0.82, r"\bterminat\w+\b.{0,200}\b(?:without cause|for convenience|for any reason|for any or no reason|at any time|with or without cause|without reason|in its sole discretion|at will)\b|\b(?:without cause|for any reason|at any time|for convenience)\b.{0,80}\bterminate\b", "terminat",
       "either party may terminate this agreement at any time on sixty days' notice", "the terminal was busy at any time", r"\bif at any time\b|breach|insolven|default|bankrupt|material(?:ly)? fail"),
    _r("Termination for Convenience", 0.55, r"\b(?:may|right to|shall have the right to)\b.{0,40}\bterminate this (?:\w+ )?(?:agreement|contract)\b.{0,60}\b(?:upon|by|on|with)\b.{0,80}\b(?:days|months)\b.{0,60}\bnotice", "terminat",
       "company may terminate this agreement upon thirty days prior written notice", "may terminate the call", r"breach|default|if\b|event|bankrupt|insolven|fail|renew"),
    _r("Renewal Term", 0.85, r"\b(?:automatically|shall|will|may)\b.{0,60}\b(?:renew|extend)\w*\b.{0,200}\b(?:years?|months?|periods?|terms?|annual)|\b(?:successive|additional|renewal)\b.{0,60}\b(?:years?|months?|terms?|periods?)\b.{0,120}\b(?:unless|renew|extend|option)|\boption to (?:renew|extend)", "renew|extend|successive|additional",
       "this agreement shall automatically renew for successive one-year terms", "please extend the ladder", r"\bdue date\b|\bdeadline\b|cure period"),
    _r("Notice Period to Terminate Renewal", 0.82, r"\b(?:renew|extend|extension)\w*\b.{0,300}\b(?:notice|notif)\w*\b.{0,160}\b(?:days|months)|\b(?:renew|extend|extension)\w*\b.{0,300}\b(?:days|months)\b.{0,80}\b(?:notice|prior|before)", "renew|extend|extension",
       "shall renew for one year unless either party gives notice at least ninety days before the end", "renew your passport", r"\bfees?\b.{0,40}\bincreas"),
    _r("Change of Control", 0.72, r"\bchange (?:in|of) control\b|\b(?:merger|consolidation|sale of (?:all or )?substantially all|acquisition)\b.{0,200}\b(?:terminate|consent|assign|transfer|notice)|\b(?:terminate|assign\w*|transfer)\b.{0,260}\b(?:merger|change (?:in|of) control|substantially all|acquired by)", "control|merger|consolidation|substantially all|acqui",
       "may terminate upon a change of control of the other party", "air traffic control tower"),
    _r("Rofr/Rofo/Rofn", 0.85, r"\bright of first (?:refusal|offer|negotiation|opportunity|look)|\bfirst (?:right|option|opportunity) to\b|\bfirst (?:offer|refusal|negotiation)\b|\bmatching right", "first|matching",
       "company shall have a right of first refusal to purchase the shares", "the first day"),
    _r("Revenue/Profit Sharing", 0.72, r"\b(?:royalt(?:y|ies)|commissions?|revenue shar\w+|share of|profits?|percentage)\b.{0,200}(?:%|percent|net (?:sales|revenue)|gross (?:sales|revenue)|net profits)|(?:%|percent)\)?.{0,60}\b(?:of (?:the )?(?:net|gross|all|total)|net (?:sales|revenues?)|gross|revenues?|profits?)\b", "royalt|commission|revenue|share|profit|percent|%",
       "licensee shall pay a royalty of 5% of net sales", "a share of the blame", r"\bown(?:s|ed|ership)?\b.{0,40}\bvoting|withhold|interest|tax"),
    _r("Price Restrictions", 0.55, r"\b(?:prices?|fees?|rates?|pricing)\b.{0,160}\b(?:not|may|shall|no)\b.{0,60}\b(?:increase|exceed|raise|adjust|reduce)\w*\b.{0,160}(?:%|percent|cpi|consumer price|once|year|days|more than)|\b(?:increase|adjust|raise)\w*\b.{0,80}\b(?:prices?|fees?|rates?)\b.{0,160}(?:%|percent|cpi|consumer price|not exceed|more than)", "price|fee|rate|pricing",
       "prices shall not increase by more than 3% a year", "the rate of the river"),
    _r("Minimum Commitment", 0.62, r"\bminimum\b.{0,120}\b(?:order|purchas\w+|quantit\w+|amount|commitment|volume|fees?|royalt\w+|payment|guarantee\w*|sales|annual|number)|\b(?:purchase|order|buy|sell|pay)\b.{0,120}\b(?:at least|no fewer than|not less than|a minimum of)\b.{0,80}(?:\d|units|percent)", "minimum|at least|no fewer|not less",
       "distributor shall purchase a minimum quantity of 1,000 units a year", "minimum wage act", r"insurance|coverage|per occurrence|notice|days prior|uptime|\bwage|warehouse"),
    _r("Volume Restriction", 0.5, r"\b(?:up to|not (?:to )?exceed|no more than|maximum of|in excess of|exceeds?)\b.{0,80}\b(?:users?|copies|units|seats|hours|gallons|visits|impressions|pages|gb|transactions|days per|appearances|calls)\b", "up to|exceed|more than|maximum|excess",
       "up to 500 users may access the service", "the price may go up to the sky"),
    _r("IP Ownership Assignment", 0.78, r"\b(?:hereby |agrees? to |shall |will |does )?(?:irrevocably )?assigns?\b.{0,200}\b(?:right,? title|ownership|intellectual property|copyrights?|inventions?|patents?|work product|trademarks?|improvements)|\bworks? (?:made )?for hire\b", "assign|for hire",
       "contractor hereby assigns to company all right, title and interest in the inventions", "neither party may assign this agreement", r"without the (?:prior )?(?:written )?consent|may not assign"),
    _r("IP Ownership Assignment", 0.6, r"\b(?:shall|will) (?:be(?:come)?|belong|vest|remain)\b.{0,60}\b(?:the )?(?:sole (?:and exclusive )?|exclusive )?(?:propert(?:y|ies)|owned by|ownership)\b", "propert|owned|ownership",
       "all work product shall be the sole property of the company", "shall be proper"),
    _r("Joint IP Ownership", 0.85, r"\bjoint(?:ly)?[- ]own|\bjoint (?:ownership|owners|inventions?|patents?|intellectual property|improvements)|\bown(?:ed)? jointly|\bco-?own", "joint|co-own|coown",
       "the parties shall jointly own all joint inventions", "a joint venture is formed"),
    _r("Affiliate License-Licensee", 0.6, r"\bgrants?\b.{0,160}\b(?:and|to|its|or)\b.{0,40}\baffiliates?\b.{0,200}\b(?:licen[sc]e|right)", "affiliate",
       "licensor grants to licensee and its affiliates a licence", "the affiliate called"),
    _r("Affiliate License-Licensor", 0.55, r"\b(?:and|on behalf of|cause|shall cause) its affiliates?\b.{0,80}\b(?:hereby )?grants?\b.{0,160}\b(?:licen[sc]e|right)|\bgrants?\b.{0,260}\b(?:owned|controlled) by\b.{0,60}\baffiliates\b", "affiliate",
       "licensor, on behalf of its affiliates, hereby grants a licence", "the affiliates met"),
    _r("Unlimited/All-You-Can-Eat-License", 0.7, r"\b(?:enterprise|unlimited|site)[- ](?:wide )?licen[sc]e|\bunlimited (?:number of )?(?:users?|copies|use|seats|right)|\bwithout limit(?:ation)? as to (?:number|users)", "unlimited|enterprise|site|limit",
       "an enterprise-wide licence for an unlimited number of users", "unlimited patience"),
    _r("Source Code Escrow", 0.9, r"\bescrow\b.{0,200}\b(?:source code|software|source materials?|deposit)|\bsource code\b.{0,200}\bescrow", "escrow",
       "licensor shall deposit the source code with an escrow agent", "the closing escrow of a house"),
    _r("Post-Termination Services", 0.62, r"\b(?:upon|after|following|on|from|of) (?:the |any |such )?(?:(?:effective )?date of )?(?:\w+ or )?(?:termination|expiration|expiry)\b.{0,260}\b(?:shall|will|may|must|continue|agrees)\b.{0,200}\b(?:return|pay|deliver|cease|sell|transition|continue|provide|assist\w*|destroy|transfer|inventory|complete|cooperat\w+|refund)", "terminat|expir",
       "upon termination licensee shall cease use and return all copies", "the terminal date", r"\bmay terminate\b"),
    _r("Post-Termination Services", 0.55, r"\bsell-?off|\bwind-?down|\btransition (?:services|period|assistance)|\b(?:days|months|years?) (?:after|following) (?:the )?(?:termination|expiration)", "sell-off|selloff|wind|transition|after|following",
       "a sell-off period of 90 days", "a window of time"),
    _r("Competitive Restriction Exception", 0.5, r"\b(?:notwithstanding|except|provided,? (?:however|that)|nothing)\b.{0,300}\b(?:compet\w+|exclusiv\w+|non-?compete|solicit\w*)\b.{0,200}\b(?:may|shall not|not (?:prevent|restrict|prohibit|apply))", "notwithstanding|except|provided|nothing",
       "notwithstanding the exclusivity, company may sell competing products to its affiliates", "nothing is simple", r"exclusive (?:remed|jurisdiction|propert)|court of competent"),
    _r("Covenant Not to Sue", 0.75, r"\bnot\b.{0,160}\b(?:contest|challenge|dispute|attack|oppose|question|impair)\w*\b.{0,200}\b(?:validity|ownership|title|right|enforceability|registration|marks?|patents?|trademarks?)|\bcovenants? not to (?:sue|assert)|\bnot\b.{0,60}\b(?:sue|bring (?:any )?(?:claim|action|suit))", "contest|challenge|dispute|attack|oppose|question|impair|sue|assert|bring",
       "licensee shall not contest the validity of the trademarks", "no contest is planned", r"good faith dispute"),
    _r("Third Party Beneficiary", 0.65, r"\b(?:is|are|shall be|as|be)\b.{0,40}\b(?:intended |express |expressly )?(?:a )?third[- ]party beneficiar", "beneficiar",
       "the affiliates are intended third-party beneficiaries of this agreement", "the beneficiary of the will", r"\bno (?:intended )?third|\bnot\b|\bnor\b|\bneither\b"),
    _r("Liquidated Damages", 0.8, r"\bliquidated damages\b|\b(?:termination|cancellation|early termination|break-?up) (?:fee|charge|payment)|\bpenalt(?:y|ies)\b.{0,80}\b(?:of|equal|per day|\$)|\bas liquidated\b", "liquidated|fee|charge|payment|penalt",
       "company shall pay a termination fee of $50,000 as liquidated damages", "a late library charge", r"no penalty|without penalty"),
    _r("Warranty Duration", 0.75, r"\bwarrant(?:y|ies|s|ed)?\b.{0,300}\b(?:for (?:a period of|the)?|period|within|during)\b.{0,80}\b(?:days|months?|years?)\b|\b(?:days|months?|years?)\b.{0,60}\bwarranty\b", "warrant",
       "vendor warrants the software for a period of ninety days", "there is no warrant", r"\bcure\b|terminat|insurance"),
    _r("Most Favored Nation", 0.75, r"\bmost[- ]favou?red|\b(?:no less favou?rable|as favou?rable|more favou?rable|better)\b.{0,160}\b(?:price|pricing|terms|rates?|customers?|third part)|\blowest (?:price|rate)", "favo|better|lowest",
       "pricing no less favourable than that offered to any other customer", "better weather", r"insurance|tax|better of"),
)  # fmt: skip
