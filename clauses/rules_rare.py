"""Phrase rules for categories with few labelled contracts, where a statistical model has little to learn from.

Written after reading every labelled sentence of the building contracts, for the meaning the annotators gave a
category: a promise not to harm somebody's name counts as non-disparagement, a clause that takes back a third
party's right does not count as a third-party beneficiary. Score: share of sentences of the building contracts
that the rule was right about, rounded; where several rules say the same, the narrower has the higher score.
"""
# ruff: noqa: E501  (a pattern cut over lines is harder to check than a long one)

from clauses.sentence_rule import rule as _r

RULES = (
    # --- most favoured nation ---
    _r("Most Favored Nation", 0.1, r"\bmost[- ]favou?red\b.{0,40}\b(?:nation|customer|licensee|reseller|pric\w+|terms|treatment|basis|status)", "most favo|most-favo",
       "supplier grants the buyer most favoured customer status for the whole term", "the most favored guests sat in front", r"insurance"),
    _r("Most Favored Nation", 0.7, r"\b(?:not?|at least|equally) (?:be )?(?:less |as )?favou?rabl[ey]\b.{0,60}\b(?:than|as)\b.{0,120}\b(?:offered|given|granted|provided|extended|enjoyed|in effect|charged|allowed|treats?|other (?:customer|client|distributor|reseller|licensee))", "favo",
       "prices shall be no less favorable than those offered to any other distributor", "the weather was no less favorable than in may", r"insurance|unaffiliated|arm'?s[- ]length|carrier|tax|shareholder|lender|promote"),
    _r("Most Favored Nation", 0.5, r"\b(?:price|pricing|fees?|rates?|royalt\w+)\b.{0,100}\b(?:exceed|greater than|higher (?:fee|price|rate)? ?than|more than)\b.{0,60}\b(?:lowest|(?:any )?other (?:clients?|customers?|licensees?|part))", "lowest|other ",
       "the price must not be greater than the lowest price charged to similar buyers", "rates exceed last year's"),
    _r("Most Favored Nation", 0.75, r"\bmore favou?rable\b.{0,200}\b(?:shall|will|must)\b.{0,120}\b(?:offer\w*|extend\w*|adjust\w*|amend\w*|modif\w+|notify|benefit|entitled|reduc\w+|available)\b|\b(?:benefit of|offer\w*)\b.{0,80}\b(?:lower prices?|more favou?rable)", "more favo|lower price",
       "if it gives another buyer more favorable terms, it shall offer them to the customer at once", "a more favorable wind", r"insurance|lender|law\b|creditworth"),
    _r("Most Favored Nation", 0.5, r"\bhigher (?:fee|price|rate|charge)s? than\b.{0,100}\bother\b|\bhighest\b.{0,30}\brate paid\b|\b(?:same or|equal or|same, or) (?:more favou?rable|better)\b.{0,80}\b(?:terms|price|provisions)", "higher|highest|same|equal",
       "the client will not pay a higher fee than other clients pay for the same work", "a higher wall than the others"),
    # --- customers not to be solicited ---
    _r("No-Solicit of Customers", 0.8, r"\bdivert\b.{0,80}\b(?:business|customers?|clients?|accounts?)\b", "divert",
       "nor divert or try to divert any customer to a competing shop", "the river was diverted", r"\bpenalt|electric"),
    _r("No-Solicit of Customers", 0.55, r"\b(?:not|nor|neither|never|refrain)\b.{0,160}\b(?:solicit\w*|entice|canvass|approach)\b.{0,40}\b(?:any |the |of |such |an |existing |other |potential |prospective |current |business )*(?:customers?|clients?|merchants?|accounts?|members?|book of business)\b", "solicit|entice|canvass|approach",
       "agent shall not solicit any existing clients of the principal", "we do not solicit gifts", r"solicit\w* (?:the )?(?:services|employ)|employees? of (?:any )?\w+ client|subscribers?|remunerat|proxies|outside (?:of )?(?:your|its|the)|door"),
    _r("No-Solicit of Customers", 0.6, r"\binterfer\w+ with\b.{0,80}\b(?:relations?(?:hips?)?|business|dealings)\b.{0,100}\b(?:customers?|clients?|suppliers?|distributors?)|\b(?:induc\w+|encourag\w+|persuad\w+|entic\w+)\b.{0,80}\b(?:customers?|clients?)\b.{0,60}\b(?:terminat\w+|discontinu\w+|ceas\w+|reduc\w+|not to|withdraw|leave)", "interfer|induc|encourag|persuad|entic",
       "consultant shall not interfere with the business relationship between the company and its customers", "noise may interfere with sleep"),
    _r("No-Solicit of Customers", 0.7, r"\b(?:not|nor)\b.{0,60}\b(?:contact|approach|sell (?:\w+ ){0,4}direct(?:ly)? to|market (?:\w+ ){0,4}to|deal directly with|work with|contract with)\b.{0,60}\b(?:customers?|clients?|merchants?|users?|third[- ]part(?:y|ies) that)\b", "contact|approach|sell|market|deal|work|contract",
       "manufacturer shall not contact distributor's customers without its approval", "do not contact the desk", r"customer (?:service|care)|employee|confidential|warrant|may not be able"),
    # --- non-disparagement ---
    _r("Non-Disparagement", 0.6, r"\b(?:not|never|nor|neither|refrain|covenants?|agrees?)\b.{0,240}\b(?:disparag(?:e|es|ing)|derogatory|denigrat\w+|defame|speak ill|malign)\b", "disparag|derogatory|denigrat|defame|speak ill|malign",
       "each party shall refrain from any remark that disparages the other or its staff", "the speaker was disparaging", r"\bin (?:a|any) manner that (?:\w+, ){0,3}(?:is )?disparag|libel|obscen|pornograph|intellectual property rights of any third"),
    _r("Non-Disparagement", 0.35, r"\b(?:not|nor|refrain|avoid)\b.{0,160}\b(?:reflects? (?:unfavou?rably|adversely|negatively|poorly)|negative light|disrepute|(?:injur\w+|harm\w*|detriment\w*|prejudic\w+|damag\w+|tarnish\w*)\b.{0,40}\b(?:reputation|goodwill|image|honou?r|good name))", "reflect|light|disrepute|reputation|goodwill|image|hono|good name",
       "distributor shall not do anything that may harm the reputation of the manufacturer", "goodwill is an asset", r"confidential|liab|irreparabl|breach|\buse (?:of )?(?:any |the )?(?:\S+ ){0,2}(?:marks?|domain names?|materials|property)\b|associated (?:with|therewith)"),
    _r("Non-Disparagement", 0.45, r"\b(?:conduct|behaviou?r|practices?|engages?|activit\w+|anything|comments?)\b.{0,160}\b(?:harm\w*|injur\w+|detriment\w*|adverse\w*|tarnish\w*|disrepute|favou?rably|depreciate)\b.{0,80}\b(?:reputation|goodwill|image|honou?r)\b", "reputation|goodwill|image|hono",
       "any conduct that is injurious to the image of the brand", "its reputation grew", r"irreparabl|infring|title|associated (?:with|therewith)"),
    # --- price restrictions ---
    _r("Price Restrictions", 0.6, r"\b(?:prices?|pricing|rates?|fees?)\b.{0,120}\b(?:only (?:be )?(?:subject to )?(?:an? )?increase\w*|may not (?:be )?(?:increase|raise)\w*|(?:shall|will) not (?:be )?(?:increase|raise)\w*|no increases?)\b", "only|not|no increase",
       "the rates may not be increased by more than five percent during a renewal term", "the rate of growth is low", r"interest|royalt|tax|agent will be paid"),
    _r("Price Restrictions", 0.4, r"\b(?:prices?|pricing|rates?|fees?|charges?)\b.{0,100}\b(?:subject to|shall be|may be|will be)\b.{0,40}\b(?:adjust\w*|increas\w*)\b.{0,200}\bconsumer price index|\b(?:renew\w*|subsequent)\b.{0,160}\b(?:not (?:to )?exceed|no more than)\b.{0,30}(?:%|percent)", "consumer price|exceed|no more than",
       "fees for each renewal term shall not exceed the previous fees by more than 5%, not to exceed 5% in total on renewal; prices shall be adjusted by the consumer price index", "the index of the book", r"royalt|purchase price of the shares|continuing fee|late"),
    # --- third-party beneficiaries ---
    _r("Third Party Beneficiary", 0.75, r"\b(?:shall be|is|are|be|as|becomes?)\b (?:deemed (?:to be )?)?(?:an? |the )?(?:\w+ (?:and )?){0,3}third[- ]party beneficiar(?:y|ies)\b", "beneficiar",
       "the parent is an express and intended third party beneficiary of this agreement", "a beneficiary of the will is a third party", r"\bno\b|\bnot (?:be|create|intended|considered|deemed)|\bnor\b|neither|nothing"),
    _r("Third Party Beneficiary", 0.45, r"\bexcept (?:as|to the extent|for)\b.{0,160}\b(?:no|not|nothing)\b.{0,120}(?:third[- ]party beneficiar|\bconfer\b.{0,60}\bany person)|\bno third[- ]party beneficiar\w+\b.{0,80}\bexcept\b", "except",
       "except as stated in section 9, no stranger is a third party beneficiary", "except for rain nothing fell"),
    # --- unlimited licences ---
    _r("Unlimited/All-You-Can-Eat-License", 0.95, r"\bunlimited (?:number of )?(?:\w+ ){0,3}(?:users?|copies|client access|seats|runs|downloads|broadcasts?|exhibitions?|licen[sc]es)\b", "unlimited",
       "the licence covers an unlimited number of named users", "unlimited patience of the staff", r"shares|\bmeans\b|calls"),
    _r("Unlimited/All-You-Can-Eat-License", 0.6, r"\bunlimited (?:\w+,? ){0,3}(?:use\b|rights? (?:of|to)|right,? to|access\b)|\b(?:any number of|as many)\b.{0,40}\b(?:copies|users|servers|computers|times)\b", "unlimited|any number|as many",
       "it has unlimited use of the recordings on as many servers as it wishes", "an unlimited view of the sea", r"books|records|inventions|premises|offices|journal|prospectus|conformed|signed|printed"),
    # --- source code in escrow ---
    _r("Source Code Escrow", 0.55, r"\bescrow (?:agent|agreement|account)\b.{0,240}\b(?:source|software|codes?|release conditions?|deposit\w*)\b|\b(?:source code|source materials?)\b.{0,160}\b(?:escrow|release (?:conditions?|events?)|access conditions?)", "escrow|release|access condition",
       "vendor shall hand the source code to an escrow agent within ten days; the escrow agent holds the deposit", "funds held by an escrow agent until closing", r"purchase price|closing date|shares|funds|subscri"),
    _r("Source Code Escrow", 0.5, r"\b(?:deposit\w*|releas\w+|access)\b.{0,60}\b(?:the )?source (?:code|materials|listings)\b.{0,160}\b(?:insolven\w+|bankrupt\w+|ceases?|events?|fail\w*)|\b(?:insolven\w+|bankrupt\w+|ceas\w+)\b.{0,200}\baccess\b.{0,40}\bsource code", "source",
       "licensor releases the source code if it ceases to trade or becomes insolvent", "the source of the river"),
    # --- joint ownership ---
    _r("Joint IP Ownership", 0.9, r"\b(?:shall|will|be|is|are) (?:be )?(?:owned jointly|jointly own(?:ed)?|co-?own(?:ed)?)\b.{0,160}", "jointly|co-own|coown",
       "inventions made together shall be jointly owned by the parties in equal shares", "they own a joint of beef", r"quality plan|entit(?:y|ies)|subsidiar|properties|vessel"),
    _r("Joint IP Ownership", 0.5, r"\bjoint (?:works?|inventions?|ip|intellectual property|improvements?|patents?|technolog\w+|know-?how|results?|developments?)\b.{0,160}\b(?:own(?:ed|s|ership)?|title|undivided|belong)\b|\b(?:own(?:ed|s|ership)?|title)\b.{0,120}\bjoint (?:works?|inventions?|ip|intellectual property|improvements?|patents?|technolog\w+|know-?how)", "joint ",
       "title to joint works belongs to both parties in equal shares", "a joint venture was formed", r"\binfring|prosecut|\bassign(?:ed|s|ment)? to\b.{0,40}(?:company|licensor)"),
    _r("Joint IP Ownership", 0.6, r"\bundivided\b.{0,40}\b(?:interest|right|half|ownership|share)\b|\bown\b.{0,30}\bequal\b.{0,30}\b(?:share|interest)", "undivided|equal",
       "each party holds an undivided one-half interest in such patents", "the class stood undivided", r"\b(?:lease|oil|gas|mineral|well|working interest|partner)\b"),
    _r("Joint IP Ownership", 0.65, r"\b(?:jointly|together|by both parties)\b (?:\w+ ){0,3}(?:develop|creat|invent|conceiv|made|reduc)\w*\b.{0,200}\b(?:own\w*|title)\b|\b(?:develop|creat|invent|conceiv|made)\w*\b (?:\w+ ){0,3}jointly\b.{0,200}\b(?:own\w*|title|decided|negotiated)|\bownership of\b.{0,120}\b(?:creat|develop)\w+ jointly", "jointly|together|both parties",
       "ownership of works created jointly by the parties is decided case by case", "they jointly created a mess"),
    _r("Joint IP Ownership", 0.35, r"\bwithout\b.{0,30}\b(?:duty|obligation|accounting)\b.{0,30}\baccount\w*\b|\b(?:no|without any) (?:duty|obligation) (?:of|to) account", "account",
       "either party may use joint works without any duty to account to the other", "the account has no balance", r"bank account"),
    # --- licences by affiliates of the licensor ---
    _r("Affiliate License-Licensor", 0.5, r"\b(?:on behalf of (?:itself|themselves) and|(?:shall|will|agrees? to) cause)\b.{0,60}\b(?:affiliates?|subsidiar(?:y|ies)|members? of (?:the|its) \w+ ?group)\b.{0,60}\b(?:grants?|licen[sc]es?|assign)\b", "affiliate|subsidiar|group",
       "licensor, for and on behalf of itself and its affiliates, hereby grants a licence to use the marks", "its affiliates caused a stir", r"solicit|hire"),
    _r("Affiliate License-Licensor", 0.55, r"\"[^\"]{0,60}(?:patents?|know-?how|copyrights?|technology|licensed|intellectual property)[^\"]{0,30}\".{0,20}\b(?:means?|shall mean)\b.{0,240}\b(?:owned|controlled)\b.{0,60}\b(?:affiliates|subsidiar(?:y|ies)|\w+ entity|member of the)\b", "own|controlled",
       "\"licensed patents\" means all patents owned by the licensor or any of its affiliates today", "\"know-how\" means what people know", r"\blicensee or its affiliates"),
    _r("Affiliate License-Licensee", 0.5, r"\bgrants?\b (?:to )?(?:\S+ ){1,6}and (?:its|their|each of its|any of its|the other members) (?:\w+ ){0,3}(?:affiliates?|subsidiar(?:y|ies)|of the \w+ group)\b.{0,200}\b(?:licen[sc]e|right)", "affiliate|subsidiar|group",
       "vendor hereby grants to buyer and its affiliates a worldwide licence", "the affiliates granted nothing"),
)  # fmt: skip
