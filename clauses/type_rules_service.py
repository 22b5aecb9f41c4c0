"""Types of clauses, as in ``type_rules``: promises of quality, personal data, service, restraints."""
# ruff: noqa: E501  (a pattern cut over lines is harder to check than a long one)

from clauses.type_rule import TypeRule
from clauses.type_rule import phrase as _p

RULES: tuple[TypeRule, ...] = (
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
            _p(0.85, r"\b(?:press releases?|public (?:announcements?|statements?|disclosures?)|(?<!right of )(?<!rights of )publicity)\b", "press release|public|publicity",
               "neither party shall issue a press release without consent", "a public road"),
            _p(0.6, r"\b(?:use|identify)\b[^.]{0,80}\b(?:name|logo|trademarks?)\b[^.]{0,100}\b(?:marketing|promotional|website|customer list|advertis)", "name|logo|trademark",
               "provider may use customer's name and logo on its website", "use a good name"),
        ),
    ),
)  # fmt: skip
