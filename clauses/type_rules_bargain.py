"""Types of clauses, as in ``type_rules``: money, risk, rights, secrecy, how it ends, whose law."""
# ruff: noqa: E501  (a pattern cut over lines is harder to check than a long one)

from clauses.type_rule import TypeRule
from clauses.type_rule import phrase as _p

RULES: tuple[TypeRule, ...] = (
    TypeRule(
        "payment",
        r"\bpayments?\b|\binvoic|\bbilling\b|compensation|\bconsideration\b|royalt|remuneration|reimburse|\bexpenses\b|late (?:fee|charge)|commissions?",
        (
            _p(0.7, r"\b(?:shall|will|must|agrees to) (?:\w+ )?pay\b[^.;]{0,160}\b(?:invoice|fees?|amount|price|sum|royalt|commission|charges|\$|days)", "pay",
               "customer will pay all fees within thirty (30) days of the invoice date", "neither party shall pay attention to it"),
            _p(0.6, r"\binvoices?\b[^.;]{0,120}\b(?:due|payable|paid|days|pay)\b|\b(?:due|payable|pay|paid)\b[^.;]{0,80}\binvoices?\b", "invoice",
               "invoices are due net 30", "a copy of the invoice template is attached"),
            _p(0.6, r"\b(?:late|overdue|past due|unpaid)\b[^.;]{0,60}\b(?:payments?|amounts?|fees|balance|interest|invoices?)\b|\binterest\b[^.;]{0,60}\b(?:late|overdue|unpaid|per month|per annum)", "late|overdue|past due|unpaid|interest",
               "overdue amounts bear interest at 1.5% per month", "the later of the two dates"),
            _p(0.5, r"\b(?:royalt(?:y|ies)|commissions?|milestone payments?|purchase price)\b[^.;]{0,100}\b(?:equal|shall|will|of|payable|paid)\b", "royalt|commission|milestone payment|purchase price",
               "a royalty equal to 5% of net sales", "the securities and exchange commission"),
        ),
        unless=r"\bterm(?:ination)? for non-?payment",
    ),
    TypeRule(
        "fees",
        r"\bfees?\b|\bpric(?:e|es|ing)\b|\bcharges\b|subscription fee|rate card",
        (
            _p(0.55, r"\b(?:subscription|licen[sc]e|annual|monthly|service|implementation|set-?up) fees?\b[^.;]{0,80}\b(?:are|is|shall|will|set|stated|specified|payable|equal)", "fee",
               "the subscription fees are stated in the order form", "each party feels free to act"),
            _p(0.6, r"\b(?:increase|raise|adjust|change)\w*\b[^.;]{0,60}\b(?:fees|prices?|pricing|rates|charges)\b|\b(?:fees|prices?|rates)\b[^.;]{0,60}\b(?:increase|adjust)", "fees|price|pricing|rates|charges",
               "provider may increase fees upon renewal", "provider may increase security"),
            _p(0.6, r"\bfees\b[^.;]{0,60}\b(?:non-?refundable|non-?cancell?able|exclusive of|in u\.?s\.? dollars|in us dollars)", "fees",
               "fees are non-refundable", "refundable deposits of the bank"),
        ),
        unless=r"attorney|legal fees",
    ),
    TypeRule(
        "liability_cap",
        r"limit(?:ation|ations|s)? (?:of|on|to) (?:the )?(?:liabilit|remed|damages)|liabilit(?:y|ies)(?: cap| limit|$)|\bcap\b|maximum liability|general cap|increased claims|unlimited claims",
        (
            _p(0.85, r"\b(?:aggregate|total|cumulative|maximum|entire|overall)[\w ,]{0,40} liabilit(?:y|ies)\b[^.]{0,260}\b(?:not exceed|exceed|limited to|no more than|shall be|greater of|amount)", "liabilit",
               "each party's total cumulative liability will not be more than, and is limited to, the general cap amount", "product liability insurance"),
            _p(0.8, r"\bliab(?:le|ility)\b[^.]{0,200}\b(?:exceed|in excess of|be more than|greater than|limited to|capped at)\b", "liab",
               "provider's liability under this agreement is limited to the fees paid", "liability for taxes rests with customer"),
            _p(0.5, r"\b(?:general|increased|super|liability) cap\b|\bcap amount\b|\bliability caps?\b", "cap",
               "for increased claims the increased cap amount applies", "a bottle with a cap"),
        ),
    ),
    TypeRule(
        "liability_exclusions",
        r"exclu(?:sion|ded)[\w ]* (?:damages|liabilit|losses)|(?:consequential|indirect) damages|damages? (?:waiver|exclusion)|waiver of consequential|no consequential|unlimited (?:claims|liabilit)",
        (
            _p(0.85, r"\b(?:consequential|indirect|incidental|special|exemplary|punitive)\b[^.]{0,160}\b(?:damages|loss(?:es)?)\b", "consequential|indirect|incidental|special|exemplary|punitive",
               "neither party will be liable for lost profits or consequential, special or indirect damages", "special delivery of goods"),
            _p(0.6, r"\b(?:limitations?|exclusions?|caps?|waivers?)\b[^.]{0,120}\b(?:do(?:es)? not apply|shall not apply|will not apply)\b[^.]{0,200}|\bnothing in (?:this|these)[^.]{0,60}\b(?:limits?|excludes?)\b[^.]{0,60}\bliability", "not apply|nothing in",
               "the limitations in this section do not apply to a party's indemnification obligations", "sunday rules do not apply"),
            _p(0.5, r"\b(?:loss of|lost) (?:profits?|revenues?|business|data|goodwill)\b", "loss of|lost ",
               "loss of profits", "the lost and found desk"),
        ),
    ),
    TypeRule(
        "indemnity",
        r"indemni|hold harmless|defen[cs]e of claims|third[ -]party claims",
        (
            _p(0.85, r"\bindemnif(?:y|ies|ied)\b[^.]{0,200}\b(?:harmless|against|from|defend|claims?|loss)|\b(?:defend|hold)\b[^.]{0,80}\b(?:indemnify|harmless)", "indemnif|harmless",
               "provider will indemnify, defend and hold harmless customer from and against claims", "the harmless error rule"),
            _p(0.6, r"\bindemni(?:fying|fied|tor|tee|fication)\b[^.]{0,160}\b(?:notice|notify|control|defen[cs]e|settle|party|claim|obligations?)", "indemni",
               "the indemnifying party controls the defense", "an indemnity is unknown here"),
            _p(0.5, r"\bdefend\b[^.;]{0,100}\b(?:any |all )?(?:claim|suit|action|proceeding)s?\b", "defend",
               "vendor shall defend any claim", "they defend the goal"),
        ),
        unless=r"limitation",
    ),
    TypeRule(
        "ip_ownership",
        r"intellectual property|ownership|proprietary rights|\bip\b|inventions?|work product|title to|trade-?marks?|patents?|copyright|works? made for hire|reservation of rights|feedback",
        (
            _p(0.75, r"\b(?:retains?|reserves?|owns?|remain|remains|belongs?|vests?|owner of)\b[^.]{0,160}\b(?:intellectual property|right,? title|title and interest|proprietary rights|copyrights?|patents?|inventions?|work product|ownership)", "right|propert|copyright|patent|invention|work product|ownership",
               "provider retains all right, title and interest in the service", "customer retains counsel"),
            _p(0.8, r"\b(?:hereby |agrees to |will |shall )?assigns?\b[^.]{0,160}\b(?:right,? title|inventions?|work product|intellectual property|copyrights?|deliverables)|works? made for hire|work[- ]for[- ]hire", "assign|for hire|for-hire",
               "contractor hereby assigns to company all right, title and interest in the work product", "no party may assign this agreement"),
            _p(0.6, r"\b(?:sole|exclusive) (?:and exclusive )?(?:property|owner(?:ship)?)\b|\bjointly own", "property|owner|jointly own",
               "shall be the sole and exclusive property of the company", "sole trader of goods"),
        ),
        unless=r"infring|indemn|confiden",
    ),
    TypeRule(
        "licence",
        r"\blicen[cs]es?\b|grant of rights?|right to use|access and use|permitted use|use rights|\buse of (?:the )?(?:service|software|cloud|product)|restrictions on use",
        (
            _p(0.85, r"\bgrants?\b[^.]{0,160}\b(?:licen[cs]es?|right (?:and licen[cs]e )?to (?:use|access|market|sell|distribute|reproduce))\b", "grant",
               "licensor hereby grants to licensee a non-exclusive licence", "a research grant of the council"),
            _p(0.6, r"\b(?:non-?exclusive|non-?transferable|royalty-free|perpetual|irrevocable|sublicens\w+|worldwide)\b[^.]{0,100}\b(?:licen[cs]e|right)\b", "licen|right",
               "a worldwide, royalty-free licence", "a worldwide brand"),
            _p(0.5, r"\bmay (?:access and use|use and access|copy and use|use) (?:the )?(?:cloud service|service|software|product|platform|documentation|licensed)", "may ",
               "customer may access and use the cloud service", "customer may wait"),
        ),
        unless=r"licen[cs]e fees|driver|permits",
    ),
    TypeRule(
        "confidentiality",
        r"confidential|non-?disclosure|secrecy|trade secrets?|disclosure of information|compelled disclosure|required disclosure|use and protection",
        (
            _p(0.7, r"\bconfidential information\b[^.]{0,200}\b(?:disclos|protect|use|confiden|keep|maintain|means|return|destroy|not include)|\b(?:disclos|use|protect|return|destroy)\w*\b[^.]{0,80}\bconfidential information\b", "confidential information",
               "recipient will not disclose confidential information to third parties", "the information was public"),
            _p(0.6, r"\b(?:keep|maintain|hold|treat)\w*\b[^.]{0,80}\b(?:confidential|in confidence|strict confidence|secret)\b", "confiden|secret",
               "shall keep confidential all terms", "keep the books"),
            _p(0.45, r"\b(?:non-?disclosure|disclosing party|receiving party|discloser)\b", "disclos|receiving party",
               "the receiving party shall return it", "the party receives guests"),
        ),
        unless=r"confidential treatment",
    ),
    TypeRule(
        "term",
        r"\bterm\b(?! sheet)|\bduration\b|initial term|subscription (?:term|period)|effective date and term|commencement",
        (
            _p(0.75, r"\b(?:this|the) agreement\b[^.]{0,100}\b(?:commence|begin|start|effective|take effect)\w*\b[^.]{0,160}\b(?:continue|remain|until|expire|period of|term of)", "commence|begin|start|effective|take effect",
               "this agreement commences on the effective date and continues for a period of two years", "the meeting begins at noon until five"),
            _p(0.65, r"\b(?:initial|the) term of (?:this|the) agreement (?:shall|will|is|commence)|\binitial term\b[^.]{0,80}\b(?:of|shall|is|years?|months)|\bcontinue[sd]?\b[^.]{0,40}\b(?:in (?:full force and )?effect|for a (?:period|term))", "term|continue",
               "the term of this agreement shall be five years", "in no event"),
        ),
        unless=r"\bpayment terms?|defined terms?|terms and|short term|long[- ]term",
    ),
    TypeRule(
        "renewal",
        r"renew|extension",
        (
            _p(0.85, r"\b(?:automatically|shall|will|may be|be) (?:be )?(?:renew|extend)\w*\b|\brenews? (?:automatically|for)|\b(?:renewal|extension|successive) (?:terms?|periods?)\b|\bauto-?renew", "renew|extend|successive|extension",
               "this agreement will automatically renew for successive one year terms", "the cover page names any additional terms"),
            _p(0.85, r"\badditional (?:\S+ ){0,3}(?:terms?|periods?) (?:of|for|unless)\b|\badditional (?:\S+ ){0,2}\S*(?:years?|months?)\S* (?:terms?|periods?)\b", "additional",
               "it goes on for two additional one-year terms", "first any additional terms and then the attachments"),
        ),
    ),
    TypeRule(
        "termination",
        r"terminat|suspension|\bexpir|effect of|wind-?down|default",
        (
            _p(0.75, r"\b(?:may|shall have the right to|right to|entitled to|can) (?:immediately )?(?:\w+ )?terminate\b|\bterminate (?:this|the) (?:\w+ )?agreement\b|\bthis agreement (?:may|shall|will)(?: also)?(?: be)? (?:automatically |immediately )?terminat", "terminat",
               "either party may terminate this agreement on 30 days' notice", "the terminal of the airport"),
            _p(0.6, r"\b(?:upon|effects? of|following|after|on) (?:any |the )?(?:\w+ or )?(?:termination|expiration|expiry)\b[^.]{0,160}\b(?:shall|will|must|survive|cease|return)", "terminat|expir",
               "upon termination the licensee shall cease all use", "the expiration of milk"),
            _p(0.5, r"\bmaterial(?:ly)? breach\w*\b[^.]{0,160}\b(?:cure|remed|terminat|days)", "material",
               "fails to cure a material breach within 30 days", "raw material"),
        ),
        unless=r"exclusion|liabilit",
    ),
    TypeRule(
        "governing_law",
        r"governing law|applicable law|choice of law|\blaw and (?:jurisdiction|venue|forum)|governing|^law$",
        (
            _p(0.9, r"\bgovern(?:ed|s|ing)\b[^.]{0,160}\blaws?\b|\blaws?\b[^.]{0,120}\bgoverns?\b", "govern",
               "this agreement is governed by the laws of the state of new york", "the governor of ohio"),
            _p(0.7, r"\b(?:construed|interpreted|enforced)\b[^.]{0,120}\b(?:accordance with|under|by)\b[^.]{0,60}\blaws?\b", "law",
               "construed in accordance with the laws of england", "construed against the drafter"),
            _p(0.4, r"\bconflicts? of laws?\b|\bconvention on contracts for the international sale", "conflict|international sale",
               "without regard to conflict of laws principles", "a conflict between documents"),
        ),
        unless=r"compliance",
    ),
    TypeRule(
        "disputes",
        r"disputes?\b|arbitrat|jurisdiction|\bvenue\b|mediation|\bforum\b|chosen courts|\bcourts\b|litigation|equitable relief|injunctive|jury|remedies",
        (
            _p(0.85, r"\b(?:arbitration|arbitrators?|arbitrated|mediation|mediator)\b[^.]{0,160}\b(?:dispute|rules|shall|will|binding|association|award|final)|\b(?:disputes?|controvers\w+|claims?)\b[^.]{0,160}\b(?:arbitration|mediation)\b", "arbitrat|mediat",
               "any dispute shall be settled by binding arbitration", "the mediation of a friend"),
            _p(0.8, r"\b(?:exclusive |personal |sole )?(?:jurisdiction|venue)\b[^.]{0,160}\bcourts?\b|\bcourts?\b[^.]{0,160}\b(?:jurisdiction|venue)\b", "court",
               "the parties submit to the exclusive jurisdiction of the courts of london", "a tennis court"),
            _p(0.6, r"\bdisputes?\b[^.]{0,120}\b(?:negotiat|resol|settle|escalat|good faith|arising)", "dispute",
               "the parties shall attempt to resolve any dispute through good faith negotiation", "no dispute exists"),
            _p(0.5, r"\b(?:injunctive|equitable) relief\b|\bspecific performance\b|\bjury\b", "injunctive|equitable|specific performance|jury",
               "entitled to seek injunctive relief", "a relief valve"),
        ),
        unless=r"invoice|billing|payment",
    ),
    TypeRule(
        "assignment",
        r"assignment|assignab|successors|transferab|no transfer|delegation|change of control|subcontract",
        (
            _p(0.85, r"\b(?:may|shall|will|can) (?:not )?(?:\w+ ){0,3}(?:assign|transfer|delegate)\b[^.]{0,200}\b(?:agreement|consent|rights|obligations)|\bassign\w*\b[^.]{0,160}\b(?:prior )?(?:written )?consent", "assign|transfer|delegate",
               "neither party may assign this agreement without the prior written consent of the other", "homework assignments are due"),
            _p(0.6, r"\b(?:successors and (?:permitted )?assigns|permitted assigns)\b|\bbinding (?:up)?on\b[^.]{0,80}\b(?:successors|assigns)", "assigns|successors",
               "inure to the benefit of the parties' successors and permitted assigns", "he assigns seats"),
        ),
        unless=r"intellectual|invention|intention|work product|lien|of (?:rights|ip)",
    ),
    TypeRule(
        "audit",
        r"\baudits?\b|books and records|record[- ]?keeping|\brecords\b|inspection rights?|right to inspect|verification",
        (
            _p(0.8, r"\b(?:right to|may|entitled to|permit|allow)\b[^.]{0,120}\b(?:audit|inspect|examine)\b|\baudits?\b[^.]{0,120}\b(?:books|records|compliance|premises|facilit|report|accountant|auditor)", "audit|inspect|examine",
               "customer may audit provider's books and records once a year", "the auditorium is full"),
            _p(0.5, r"\b(?:keep|maintain|retain)\b[^.]{0,80}\b(?:books|records)\b[^.]{0,120}", "records|books",
               "licensee shall keep accurate records", "keep the noise down"),
        ),
    ),
    TypeRule(
        "insurance",
        r"\binsurance|insured",
        (
            _p(0.85, r"\b(?:maintain|carry|procure|obtain|keep|provide)\b[^.]{0,120}\binsurance\b|\binsurance\b[^.]{0,160}\b(?:coverage|policy|policies|limits|certificate|per occurrence|insurer)", "insurance",
               "supplier shall maintain commercial general liability insurance", "the insurance industry grows"),
        ),
    ),
)  # fmt: skip
