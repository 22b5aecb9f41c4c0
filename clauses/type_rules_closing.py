"""Types of clauses, as in ``type_rules``: the closing part of a contract, and what fits nowhere else."""
# ruff: noqa: E501  (a pattern cut over lines is harder to check than a long one)

from clauses.type_rule import TypeRule
from clauses.type_rule import phrase as _p

RULES: tuple[TypeRule, ...] = (
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
