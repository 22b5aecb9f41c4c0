"""What each clause type looks like: its headings, and phrases with a weight.

Texts are compared small, with straight quotes and single blanks. Every phrase stands beside words it must match and
words it must not; tests run them. ``needs`` are cheap literals, one of which must occur before the pattern is tried.
Weights are what the phrase alone is worth; several add up as independent evidence (1 - product of what is missing).
"""
# ruff: noqa: E501, SIM905  (patterns and word tables are harder to check when cut over lines or quoted word by word)

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    weight: float
    pattern: str
    needs: tuple[str, ...]
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class TypeRule:
    """``heading`` is searched in the heading, small letters; ``unless`` takes a heading back."""

    code: str
    heading: str
    phrases: tuple[Phrase, ...]
    unless: str = ""


def _p(weight: float, pattern: str, needs: str, yes: str, no: str) -> Phrase:
    return Phrase(weight, pattern, tuple(needs.split("|")), yes, no)


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
            _p(0.85, r"\b(?:automatically|shall|will|may be|be) (?:be )?(?:renew|extend)\w*\b|\brenews? (?:automatically|for)|\b(?:renewal|extension|successive|additional) (?:terms?|periods?)\b|\bauto-?renew", "renew|extend|successive|extension|additional",
               "this agreement will automatically renew for successive one year terms", "please review the terms"),
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
    TypeRule(
        "warranty",
        r"warrant(?:y|ies)|representations?\b|\brep(?:s)? and",
        (
            _p(0.75, r"\b(?:represents?|warrants?)(?: and (?:warrants?|represents?|covenants?))?(?: to \w+)?[,:]? (?:that|to (?:the other|\w+ that)|and (?:warrants?|covenants?)|as follows)\b|\brepresents and warrants\b|\bwarrants? that\b", "warrant|represents",
               "each party represents and warrants that it has the power to enter into this agreement", "she represents the north"),
            _p(0.5, r"\bwarranty (?:period|claim)|\bfree from (?:material )?defects\b|\bmaterially (?:in accordance|conform)|\bworkmanlike\b", "warranty|defects|materially|workmanlike",
               "free from defects in materials and workmanship", "a defect of sight"),
        ),
        unless=r"disclaim|no warrant|no other|exclusion",
    ),
    TypeRule(
        "disclaimer",
        r"disclaim|no (?:other )?warrant|as[- ]is|exclusion of warrant",
        (
            _p(0.85, r"\bdisclaims?\b[^.]{0,200}\bwarrant|\b(?:no|without)\b[^.]{0,60}\bwarrant(?:y|ies)\b[^.]{0,100}|\bwarranties\b[^.]{0,120}\b(?:disclaim|merchantability|fitness)|\"as is\"|\bas is\b", "disclaim|warrant|as is",
               "provider disclaims all other warranties, including merchantability", "he disclaims the story"),
        ),
    ),
    TypeRule(
        "data_protection",
        r"data protection|privacy|personal (?:data|information)|data processing|gdpr|processing of|customer data|data subjects?|(?<!sub)(?<!sub-)\bprocessor",
        (
            _p(0.75, r"\b(?:personal data|personal information|personally identifiable information|data subjects?|customer personal data)\b", "personal|data subject",
               "provider will process personal data only on instructions", "personal belongings"),
            _p(0.7, r"\b(?:gdpr|data protection laws?|privacy laws?|privacy policy|ccpa|hipaa|controller and processor|processor)\b", "gdpr|data protection|privacy|ccpa|hipaa|processor",
               "in line with the gdpr", "the word processing unit"),
        ),
        unless=r"transfer|security incident|breach",
    ),
    TypeRule(
        "sub_processors",
        r"sub-?processors?|approved subprocessors",
        (
            _p(0.85, r"\bsub-?processors?\b", "processor",
               "provider may engage sub-processors with notice", "the processor of a computer"),
        ),
    ),
    TypeRule(
        "security",
        r"\bsecurity\b(?! interest| incident| deposit)|safeguards|technical and organi[sz]ational|information security",
        (
            _p(0.75, r"\b(?:technical and organi[sz]ational|administrative, (?:technical|physical)|security) (?:measures|safeguards|standards|program|controls|policy)|\breasonable (?:security|safeguards)\b|\bpenetration test|\bencrypt(?:ion|ed)\b|\biso 27001\b|\bsoc 2\b", "measures|safeguards|security|penetration|encrypt|iso 27001|soc 2",
               "provider will maintain appropriate technical and organisational measures", "social security number"),
        ),
    ),
    TypeRule(
        "breach_notice",
        r"(?:security|data|personal data) (?:incident|breach)|incident (?:response|notification)|breach notification|notification of (?:a )?(?:breach|incident)",
        (
            _p(0.85, r"\b(?:security (?:incident|breach)|(?:personal )?data breach|breach of security)\b[^.]{0,200}\b(?:notif|inform|without undue delay|hours|aware)|\b(?:notif|inform)\w*\b[^.]{0,120}\b(?:security (?:incident|breach)|data breach|breach of security)", "incident|breach",
               "processor shall notify the controller without undue delay after becoming aware of a personal data breach", "a breach of this agreement"),
        ),
    ),
    TypeRule(
        "transfers",
        r"(?:restricted|international|cross-?border|data|eea|uk|onward|ex-eea|ex-uk) transfers?|transfers? (?:of (?:personal )?data|abroad|mechanisms?)|standard contractual clauses|data residency",
        (
            _p(0.85, r"\bstandard contractual clauses\b|\b(?:eea|uk) sccs\b|\btransfers?\b[^.]{0,120}\b(?:outside|third countr|european economic area|eea|adequacy|restricted transfer)|\bdata (?:residency|locali[sz]ation)\b", "transfer|contractual clauses|scc|residency|locali",
               "transfers of personal data outside the european economic area need the standard contractual clauses", "transfer of title"),
        ),
    ),
    TypeRule(
        "deletion",
        r"deletion|destruction|return (?:or|and|of)|erasure|return of (?:materials|data|confidential)|data (?:export|portability)",
        (
            _p(0.8, r"\b(?:return|delete|destroy|erase)\b[^.]{0,60}\b(?:or|and)\b[^.]{0,30}\b(?:destroy|delete|return|erase)\b|\b(?:delete|erase|destroy)\b[^.]{0,80}\b(?:data|confidential information|copies|materials)\b", "delete|destroy|erase|return",
               "on request the recipient will return or destroy confidential information", "return the call"),
        ),
    ),
    TypeRule(
        "service_levels",
        r"service levels?|\bsla\b|uptime|availability|service credits?|downtime|response times?|maintenance windows?",
        (
            _p(0.85, r"\b(?:uptime|service credits?|service levels?|availability (?:target|commitment)|target uptime|scheduled (?:downtime|maintenance))\b", "uptime|service credit|service level|availability|scheduled",
               "provider will meet an uptime of 99.9%", "available on request"),
            _p(0.5, r"\b(?:severity|priority) (?:level )?\d|\bresponse times?\b", "severity|priority|response time",
               "severity 1 issues", "the severity of winter"),
        ),
    ),
    TypeRule(
        "support",
        r"\bsupport\b|maintenance|help ?desk",
        (
            _p(0.65, r"\b(?:technical|customer|maintenance and|product) support\b|\bsupport (?:services|policy|hours)\b|\bhelp ?desk\b", "support|help",
               "provider will provide technical support", "child support payments"),
            _p(0.4, r"\b(?:updates|upgrades|bug fixes|error corrections|new releases)\b", "updates|upgrades|fixes|corrections|releases",
               "includes updates and bug fixes", "news of the day"),
        ),
    ),
    TypeRule(
        "acceptable_use",
        r"acceptable use|\baup\b|use restrictions|restrictions(?! on transfer)|prohibited (?:use|conduct|activit)|customer restrictions|usage rules",
        (
            _p(0.8, r"\b(?:reverse[- ]engineer|decompile|disassemble)\b|\bacceptable use\b", "reverse|decompile|disassemble|acceptable use",
               "customer will not reverse engineer the software", "the engine in reverse"),
            _p(0.4, r"\b(?:will|shall|may|must) not\b[^.]{0,200}\b(?:sublicen[sc]e|resell|malicious|unlawful|derivative works|benchmark)\b", "not",
               "customer may not resell the service", "it does not rain"),
        ),
    ),
    TypeRule(
        "ai",
        r"\bai\b|artificial intelligence|machine learning|model training|generative",
        (
            _p(0.85, r"\b(?:artificial intelligence|machine learning|generative ai|large language models?|ai (?:services?|features?|models?|systems?|addendum|provider)|train(?:ing)?\b[^.]{0,60}\bmodels?|foundation models?)\b", "artificial|machine learning| ai|ai |model",
               "provider will not use customer data for training ai models", "a fashion model"),
        ),
    ),
    TypeRule(
        "non_solicit",
        r"non-?solicit|no[- ]solicit|no[- ]hire|solicitation",
        (
            _p(0.85, r"\b(?:not|nor|neither|refrain)\b[^.]{0,160}\b(?:solicit|entice|recruit|hire|employ)\b[^.]{0,160}\b(?:employees?|personnel|staff|customers?|clients?|consultants?|contractors?)", "solicit|entice|recruit|hire|employ",
               "neither party shall solicit any employee of the other party", "solicit bids from vendors"),
        ),
    ),
    TypeRule(
        "non_compete",
        r"non-?compet|not to compete|restrictive covenant|competition|competing",
        (
            _p(0.8, r"\bnot\b[^.]{0,200}\b(?:compete|competes|competing|competitive)\b|\bnon-?compet", "compet",
               "distributor shall not sell any competing product", "a competent person"),
        ),
    ),
    TypeRule(
        "exclusivity",
        r"exclusivity|exclusive (?:rights?|appointment|dealing|supplier|distributor)|non-?exclusiv",
        (
            _p(0.7, r"\b(?:sole and exclusive|exclusive) (?:distributor|supplier|provider|agent|right|basis|reseller|manufacturer|territor\w+)\b|\bexclusively (?:from|through|to|with)\b|\bexclusivity\b", "exclusiv",
               "appoints distributor as its exclusive distributor", "excluding taxes"),
        ),
        unless=r"remed",
    ),
    TypeRule(
        "publicity",
        r"publicity|press release|public (?:announcement|statement)|marketing|logo|use of name|references? rights?|advertis",
        (
            _p(0.85, r"\b(?:press releases?|public (?:announcements?|statements?|disclosures?)|publicity)\b", "press release|public|publicity",
               "neither party shall issue a press release without consent", "a public road"),
            _p(0.6, r"\b(?:use|identify)\b[^.]{0,80}\b(?:name|logo|trademarks?)\b[^.]{0,100}\b(?:marketing|promotional|website|customer list|advertis)", "name|logo|trademark",
               "provider may use customer's name and logo on its website", "use a good name"),
        ),
    ),
    TypeRule(
        "force_majeure",
        r"force majeure|excusable delay|acts? of god|unforeseen|events? beyond",
        (
            _p(0.9, r"\bforce majeure\b|\bacts? of god\b|\b(?:beyond|outside)\b[^.]{0,60}\breasonable control\b", "force majeure|of god|control",
               "neither party is liable for delay beyond its reasonable control", "air traffic control"),
        ),
    ),
    TypeRule(
        "notices",
        r"^(?:legal )?notices?\b|notice address|\bnotices$|communications",
        (
            _p(0.8, r"\b(?:all |any )?(?:notices?|communications?)\b[^.]{0,120}\b(?:in writing|delivered|deemed|sent|given|addressed|email|certified mail|registered mail|courier)\b", "notice|communication",
               "all notices must be in writing and sent to the addresses below", "notice how it shines"),
            _p(0.5, r"\bdeemed (?:to have been )?(?:given|received|delivered)\b|\bovernight courier\b|\breturn receipt\b", "deemed|courier|receipt",
               "deemed given on receipt", "deemed fit"),
        ),
        unless=r"terminat|claim|breach|infring",
    ),
    TypeRule(
        "entire_agreement",
        r"entire (?:agreement|contract|understanding)|entirety|integration|complete agreement|merger clause|whole agreement",
        (
            _p(0.9, r"\b(?:entire|complete|whole|final and exclusive|sole and entire)\b[^.]{0,40}\b(?:agreement|understanding|contract|expression)\b[^.]{0,160}|\bsupersedes?\b[^.]{0,120}\b(?:agreements?|understandings?|negotiations?|discussions?)", "agreement|understanding|contract|expression",
               "this agreement is the entire agreement between the parties and supersedes all prior agreements", "the entire house"),
        ),
    ),
    TypeRule(
        "severability",
        r"severab|partial invalidity|invalidity|unenforceab|savings? clause",
        (
            _p(0.9, r"\b(?:invalid|unenforceable|illegal|void|enforceability|validity)\b[^.]{0,260}\b(?:remain(?:der|ing)?|other provisions?|severed|full force|affect|rest of|balance|limited to the minimum)\b", "invalid|unenforceable|illegal|void|enforceab|validity",
               "if any provision is held invalid the remaining provisions stay in full force", "an invalid ticket"),
        ),
    ),
    TypeRule(
        "order_of_precedence",
        r"order of precedence|precedence|conflicts?(?: between|$|ing terms)|inconsisten",
        (
            _p(0.85, r"\border of precedence\b|\b(?:conflicts?|inconsisten\w+|discrepanc\w+)\b[^.]{0,160}\b(?:shall|will|control|prevail|govern|precedence)s?\b", "precedence|conflict|inconsisten|discrepan",
               "in the event of a conflict the order form will control", "conflict of interest"),
        ),
        unless=r"laws?|interest",
    ),
    TypeRule(
        "definitions",
        r"^definitions?\b|defined terms|interpretation|construction|glossary|certain terms|definitions$",
        (
            _p(0.8, r"\"[^\"]{1,60}\" (?:shall |will |also )?(?:means?|has the meaning|refers? to)\b", "\" ",
               '"affiliate" means any entity that controls a party', 'he said "go" and left'),
            _p(0.5, r"\bhave the (?:following )?meanings?\b|\bcapitali[sz]ed terms\b|\bfor (?:the )?purposes of this agreement\b", "meaning|capitali|purposes of this agreement",
               "the following terms have the meanings set out below", "mean spirits"),
        ),
    ),
    TypeRule(
        "waiver",
        r"waivers?\b|non-?waiver|cumulative remedies",
        (
            _p(0.85, r"\b(?:no (?:\w+ ){0,2}waiver|failure|delay|forbearance)\b[^.]{0,160}\bwaive[rds]?\b|\bno waiver\b|\bnot (?:be (?:deemed|construed|considered)|constitute|operate)\b[^.]{0,60}\bwaive|\bwaiver\b[^.]{0,120}\b(?:writing|subsequent|continuing|breach|effective)", "waive",
               "no waiver of any breach shall be a waiver of a later one", "a wave of heat"),
        ),
        unless=r"consequential|damages|jury|sovereign",
    ),
    TypeRule(
        "amendment",
        r"amend|modification|variation|changes to (?:this|the) (?:agreement|terms)",
        (
            _p(0.85, r"\b(?:amend|modif|chang|alter|var)(?:ed|ied|ment|ments|ication|ications|iation|y)\b[^.]{0,120}\b(?:in writing|written|signed|executed|instrument)\b", "writing|written|signed|executed|instrument",
               "this agreement may be amended only in a writing signed by both parties", "amended tax return"),
        ),
        unless=r"attachments|data|work product|products?$",
    ),
    TypeRule(
        "counterparts",
        r"counterparts?|electronic signatures?|e-?sign|facsimile",
        (
            _p(0.9, r"\bcounterparts?\b[^.]{0,160}\b(?:original|one and the same|instrument|executed|signed)|\bexecuted in[^.]{0,40}\bcounterparts", "counterpart",
               "this agreement may be executed in counterparts, each an original", "his french counterpart met her"),
            _p(0.5, r"\belectronic signatures?\b|\bfacsimile\b[^.]{0,60}\bsignature", "signature",
               "electronic signatures are binding", "the signature dish"),
        ),
    ),
    TypeRule(
        "independent_contractors",
        r"independent contractors?|relationship of (?:the )?parties|no (?:agency|partnership|joint venture)|status",
        (
            _p(0.9, r"\bindependent contractors?\b|\b(?:partnership|joint venture|agency)\b[^.]{0,120}\b(?:created?|relationship|construed|between|constitute)|\b(?:create|constitute|construed)\b[^.]{0,120}\b(?:partnership|joint venture|agency|employment relationship)\b", "independent contractor|partnership|joint venture|agency|employment relationship",
               "the parties are independent contractors", "a contractor of roofs"),
        ),
    ),
    TypeRule(
        "compliance",
        r"compliance|export|anti-?(?:corruption|bribery)|legal requirements|sanctions|government(?:al)? (?:rights|approval)",
        (
            _p(0.7, r"\bcompl(?:y|ies|iance)\b[^.]{0,80}\b(?:laws?|regulations?|statutes)\b", "compl",
               "each party shall comply with all applicable laws", "a complete set"),
            _p(0.7, r"\bexport (?:control|administration|laws?|regulations?|restrictions?)\b|\bforeign corrupt practices\b|\banti-?(?:bribery|corruption)\b|\bembargo", "export|corrupt|bribery|embargo",
               "subject to export control laws", "export of goods"),
        ),
    ),
    TypeRule(
        "survival",
        r"surviv",
        (
            _p(0.85, r"\b(?:sections?|provisions?|obligations?|terms|rights|articles?|clauses?)\b[^.]{0,200}\b(?:shall |will |which )?survives?\b|\bsurvive (?:the )?(?:any )?(?:termination|expiration)", "surviv",
               "sections 3 and 5 survive termination of this agreement", "he survived"),
        ),
    ),
    TypeRule(
        "taxes",
        r"\btax(?:es|ation)?\b|withholding|\bvat\b",
        (
            _p(0.85, r"\b(?:sales|use|value[- ]added|withholding|income|excise|property|applicable)[\w, ]{0,30} tax(?:es)?\b|\btaxes\b[^.]{0,120}\b(?:responsible|pay|withh|exclusive|levied|duties)|\bvat\b", "tax|vat",
               "customer is responsible for all sales and use taxes", "a taxi rank"),
        ),
    ),
    TypeRule(
        "third_parties",
        r"third[- ]party (?:beneficiar|rights)|no third|rights of third parties|beneficiar",
        (
            _p(0.9, r"\bthird[- ]?part(?:y|ies) benefici|\bno (?:rights? (?:to|for|in)|person)\b[^.]{0,160}\bthird part|\b(?:benefit|rights?|remed\w+)\b[^.]{0,100}\b(?:any (?:other )?person|any third part|anyone)\b[^.]{0,80}\b(?:other than|not a party)|contracts \(rights of third parties\)", "third|person|anyone",
               "there are no third-party beneficiaries", "a third party vendor"),
        ),
        unless=r"infring",
    ),
    TypeRule(
        "acceptance",
        r"acceptance|\bdeliver(?:y|ies|ables)\b|\bshipment|inspection|\bshipping|risk of loss",
        (
            _p(0.65, r"\b(?:accept|reject)\w*\b[^.]{0,120}\b(?:deliverables?|products?|goods|test|criteria|delivery|specifications)|\bacceptance (?:test|criteria|period|procedure)", "accept|reject",
               "customer may reject deliverables that fail the acceptance criteria", "accept my thanks"),
            _p(0.6, r"\b(?:deliver|ship)(?:y|ped|ed|s|ment|ments)?\b[^.]{0,100}\b(?:f\.?o\.?b|carrier|freight|risk of loss|ex works|incoterms|days|delivery date|products)\b", "deliver|ship",
               "products shall be shipped f.o.b. origin", "deliver a speech"),
        ),
        unless=r"of (?:terms|agreement|offer)",
    ),
    TypeRule(
        "scope",
        r"\bscope\b|\bservices?\b(?! level| credit)|statement of work|\bpurpose\b|\bproducts?\b|professional services|change orders?|responsibilities|obligations of|\bduties\b|appointment|engagement",
        (
            _p(0.5, r"\b(?:shall|will|agrees to) (?:provide|perform|supply|render)\b[^.]{0,80}\b(?:services?|products?|deliverables|work)\b", "provide|perform|supply|render",
               "provider will provide the services described in the order form", "provided that"),
        ),
        unless=r"level|credit|term|fees|liabil|warrant|indemn|support|payment|confiden",
    ),
    TypeRule(
        "parties",
        r"^(?:the )?parties$|\bbetween\b|list of parties",
        (
            _p(0.6, r"\b(?:this|the) [\w -]{0,60}(?:agreement|contract|amendment)\b[^.]{0,160}\b(?:by and between|between|among|made and entered|entered into)\b", "between|among|entered",
               "this agreement is made by and between acme inc. and beta llc", "between us girls"),
        ),
    ),
    TypeRule("general", r"miscellaneous|general(?: provisions| terms)?$|boilerplate|other provisions|additional (?:terms|provisions)", ()),
)  # fmt: skip

BRIEF_CODES = (
    "payment fees liability_cap liability_exclusions indemnity ip_ownership licence confidentiality term renewal termination "
    "governing_law disputes assignment audit insurance warranty data_protection service_levels support acceptable_use ai "
    "non_solicit publicity force_majeure notices entire_agreement severability order_of_precedence definitions sub_processors "
    "security breach_notice transfers deletion parties scope general"
).split()

# Our codes beside the 35 section types of the published headed-section data; several of ours may feed one of theirs.
SECTION_TYPES: dict[str, tuple[str, ...]] = {
    "payment": ("payment", "fees"), "termination": ("termination",), "confidentiality": ("confidentiality", "deletion"),
    "warranties": ("warranty",), "indemnification": ("indemnity",), "notices": ("notices",), "ip_ownership": ("ip_ownership",),
    "assignment": ("assignment",), "dispute_resolution": ("disputes",), "term_renewal": ("term", "renewal"),
    "severability": ("severability",), "governing_law": ("governing_law",), "waiver": ("waiver",),
    "entire_agreement": ("entire_agreement",), "delivery_acceptance": ("acceptance",), "definitions": ("definitions",),
    "counterparts": ("counterparts",), "force_majeure": ("force_majeure",), "independent_contractors": ("independent_contractors",),
    "compliance_with_laws": ("compliance",), "limitation_of_liability": ("liability_cap", "liability_exclusions"),
    "amendment": ("amendment",), "license_grant": ("licence",), "audit": ("audit",), "survival": ("survival",),
    "insurance": ("insurance",), "warranty_disclaimer": ("disclaimer",), "publicity": ("publicity",), "taxes": ("taxes",),
    "exclusivity": ("exclusivity",), "third_party_beneficiaries": ("third_parties",),
    "service_levels": ("service_levels", "support"), "non_solicitation": ("non_solicit",),
    "data_protection": ("data_protection", "security", "breach_notice", "sub_processors"), "non_compete": ("non_compete",),
}  # fmt: skip
