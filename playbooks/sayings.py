"""How a value is said in a lawyer's sentence: for a topic's value what the text says when it holds this, or nothing.

A key is "topic.value"; for numbers {found} is the figure with its unit; for words and yes or no the sentence for each
answer, "" for silence. What stands in no table is said from the value's own description.
"""
# ruff: noqa: E501  (sentences stand whole)

from collections.abc import Mapping

# For numbers: with a figure, and without one.
NUMBERS: Mapping[str, tuple[str, str]] = {
    "payment_days.days": ("payment is due {found} after the invoice", "no payment period is given"),
    "secrecy_term.years": ("the duty of secrecy lasts {found}", "the duty of secrecy has no end"),
    "auto_renewal.months": ("each renewal lasts {found}", "the length of a renewal is not given"),
    "auto_renewal.notice_days": (
        "a renewal must be stopped {found} before it begins",
        "no notice to stop a renewal is given",
    ),
    "renewal_price.percent": (
        "the price may rise by up to {found}",
        "the price may rise without a limit in percent",
    ),
    "uptime.uptime": ("availability of {found} is promised", "no level of availability is promised"),
    "liability_cap.cap.months": ("the cap is {found} of fees", "the cap is not given in months of fees"),
    "liability_cap.cap.percent": (
        "the cap is {found} of the price",
        "the cap is not given in percent of the price",
    ),
    "data_cap.supercap.multiple": (
        "the higher cap is {found} the general one",
        "there is no higher cap for data claims",
    ),
    "termination_cause.cure_days": (
        "a breach may be cured within {found}",
        "no time to cure a breach is given",
    ),
    "provider_exit.notice_days": (
        "the provider may leave with notice of {found}",
        "the provider may leave without notice",
    ),
    "customer_exit.notice_days": (
        "the customer may leave with notice of {found}",
        "the customer may leave without notice",
    ),
    "customer_exit.earliest_month": (
        "the customer may leave from month {found}",
        "the customer may leave from the first day",
    ),
    "breach_notice.hours": (
        "a breach is reported within {found}",
        "a breach is reported without a time limit",
    ),
    "sub_processors.notice_days": (
        "a new sub-processor is announced {found} before",
        "a new sub-processor is not announced in advance",
    ),
    "erasure.days": ("data is erased within {found}", "no time to erase data is given"),
    "erasure.backup_days": ("backups are erased within {found}", "no time for backups is given"),
    "return_destroy.days": (
        "copies go back or are destroyed within {found}",
        "no time to return or destroy copies is given",
    ),
    "non_solicit.months": ("the ban on hiring lasts {found}", "the ban on hiring has no end"),
    "confidential_information.oral.confirm_days": (
        "what is said must be confirmed in writing within {found}",
        "what is said need not be confirmed in writing",
    ),
    "data_return.export_days": ("data can be exported for {found}", "no time to export data is given"),
    "data_return.delete_days": ("data is deleted within {found}", "no time to delete data is given"),
    "insurance.amount": ("insurance of {found} is kept", "no sum insured is given"),
    "acceptance.days": ("there are {found} to test", "no time to test is given"),
    "late_delivery.rate": ("late delivery costs {found} a week", "late delivery costs nothing"),
    "late_delivery.limit": ("damages for delay end at {found}", "damages for delay have no limit"),
}

ANSWERS: Mapping[str, Mapping[str, str]] = {
    "delivery_date.binding": {"yes": "the delivery date is firm", "no": "the delivery date is only planned"},
    "go_live_date.binding": {"yes": "the go-live date is firm", "no": "the go-live date is only planned"},
    "start_date.binding": {"yes": "the start date is firm", "no": "the start date is only planned"},
    "liability_cap.cap.base": {"paid": "only fees already paid count", "payable": "fees payable count", "paid_and_payable": "fees paid and payable count", "": "it is not said which fees count"},
    "liability_cap.cap.combine": {"lesser": "the lesser of two limits counts", "greater": "the greater of two limits counts", "": "there is one limit only"},
    "liability_cap.binds": {"both": "the cap protects both sides", "provider": "the cap protects the provider only", "customer": "the cap protects the customer only", "": "it is not said whom the cap protects"},
    "data_cap.data_inside": {"yes": "data claims are expressly inside the cap", "no": "data claims are not put inside the cap"},
    "data_cap.supercap.separate": {"yes": "there is a separate higher cap", "no": "there is no separate higher cap"},
    "indirect_loss.binds": {"both": "the waiver protects both sides", "provider": "the waiver protects the provider only", "customer": "the waiver protects the customer only", "": "it is not said whom the waiver protects"},
    "indirect_loss.data_loss": {"yes": "loss of data is excluded", "no": "loss of data is not excluded"},
    "ip_indemnity.territory": {"limited": "only rights of one territory are covered", "": "rights everywhere are covered"},
    "uptime.exit": {"yes": "repeated misses open a way out", "no": "repeated misses open no way out"},
    "renewal_price.measure": {"greater": "the greater of two measures counts", "lesser": "the lesser of two measures counts", "list": "the price follows the provider’s list", "index": "the price follows an index", "": "no measure is named"},
    "termination_cause.who": {"either": "either side may terminate for breach", "provider": "only the provider may terminate for breach", "customer": "only the customer may terminate for breach", "": "it is not said who may terminate for breach"},
    "termination_cause.refund": {"yes": "prepaid fees come back after termination for breach", "no": "prepaid fees do not come back after termination for breach"},
    "provider_exit.refund": {"yes": "prepaid fees are refunded", "no": "prepaid fees are not refunded"},
    "suspension.notice": {"yes": "suspension needs notice", "no": "suspension needs no notice"},
    "suspension.limited": {"yes": "suspension is limited to what is needed", "no": "suspension is not limited to what is needed"},
    "unilateral_change.no_reduction": {"yes": "changes may not reduce what was promised", "no": "changes may reduce what was promised"},
    "data_use.allowed": {"yes": "the provider may use the data for itself", "no": "the provider may not use the data for itself"},
    "data_return.export": {"yes": "data can be exported at the end", "no": "nothing lets the customer export its data at the end"},
    "data_return.delete": {"yes": "data is deleted at the end", "no": "nothing has the data deleted at the end"},
    "dpa_link.dpa": {"yes": "a data processing agreement is part of the contract", "conditional": "a data processing agreement applies only if the parties sign one", "": "there is no data processing agreement"},
    "performance_warranty.conforms": {"yes": "the service is to work as documented", "no": "nothing promises that the service works as documented"},
    "performance_warranty.no_reduction": {"yes": "functions may not be reduced materially", "no": "functions may be reduced"},
    "publicity.consent": {"none": "name and logo may be used without consent", "required": "name and logo may be used with consent only", "barred": "name and logo may not be used"},
    "insurance.cyber": {"yes": "cyber or professional risks are insured", "no": "cyber and professional risks are not insured"},
    "insurance.proof": {"yes": "proof of insurance is owed", "no": "no proof of insurance is owed"},
    "assignment.binds": {"both": "assignment is limited for both sides", "customer": "assignment is limited for the customer only", "provider": "assignment is limited for the provider only", "one_side": "assignment is limited for one side only", "": "assignment is limited for nobody"},
    "assignment.consent": {"barred": "assignment is barred", "free": "assignment is free", "required": "assignment needs consent", "reasonable": "assignment needs consent, not unreasonably withheld", "": "nothing is said on consent"},
    "governing_law.home": {"theirs": "the governing law is the home law of the other side", "ours": "the governing law is our home law", "neither": "the governing law is the home law of neither side", "": "it is not said where the parties are at home"},
    "governing_law.forum_matches": {"yes": "the courts sit where the law comes from", "no": "the courts do not sit where the law comes from", "": "no courts are named"},
    "secrecy_term.trade_secrets": {"while_secret": "trade secrets stay protected while they are secret", "": "nothing keeps trade secrets protected after that"},
    "secrecy_term.duration": {"perpetual": "the duty of secrecy never ends", "fixed": "the duty of secrecy ends"},
    "compelled_disclosure.notice": {"prior": "notice comes before a compelled disclosure", "prompt": "notice of a compelled disclosure is prompt", "after": "notice comes only after a compelled disclosure", "undated": "notice of a compelled disclosure has no time", "none": "no notice of a compelled disclosure is owed"},
    "non_solicit.kind": {"solicit": "soliciting is banned", "hire": "hiring is banned", "both": "soliciting and hiring are banned"},
    "return_destroy.certificate": {"yes": "destruction must be confirmed in writing", "no": "destruction need not be confirmed"},
    "return_destroy.backups_too": {"yes": "backups must be destroyed as well", "no": "backups need not be destroyed"},
    "mutuality.binds": {"one": "only one side is bound", "both": "both sides are bound"},
    "no_licence.licence": {"none": "disclosure grants no licence", "granted": "disclosure grants a licence"},
    "secrecy_exceptions.proof": {"records": "an exception must be shown by records", "shown": "an exception must be shown", "none": "an exception need not be shown"},
    "standard_of_care.reasonable": {"yes": "at least reasonable care is owed", "no": "reasonable care is not owed"},
    "standard_of_care.strict": {"yes": "absolute care is owed", "no": "absolute care is not owed"},
    "representatives.responsible": {"yes": "the recipient answers for its people", "no": "the recipient does not answer for its people"},
    "representatives.bound": {"yes": "its people are bound to secrecy", "no": "its people are not bound to secrecy"},
    "representatives.need_to_know": {"yes": "only those who need to know may see it", "no": "people who do not need to know may see it"},
    "breach_notice.from": {"aware": "the time runs from awareness", "confirmed": "the time runs only from confirmation", "": "it is not said from when the time runs"},
    "sub_processors.objection": {"yes": "the controller may object", "no": "the controller may not object"},
    "sub_processors.exit": {"yes": "an objection opens a way out", "no": "an objection opens no way out"},
    "sub_processors.consent": {"specific": "each sub-processor needs consent", "general": "a general consent is enough", "": "no consent is needed"},
    "audit.onsite": {"yes": "audits on site are allowed", "no": "no audit on site is allowed"},
    "transfers.scope": {"home": "data stays in the agreed region", "consent": "transfers need consent", "mechanism": "transfers need a recognised mechanism", "free": "data may go anywhere"},
    "dpa_liability.position": {"main_cap": "liability for data is inside the limits of the main agreement", "separate": "liability for data has a limit of its own", "uncapped": "liability for data has no limit"},
    "dpa_precedence.prevails": {"dpa": "the data processing agreement prevails", "main": "the main agreement prevails"},
    "erasure.proof": {"yes": "erasure is confirmed", "no": "erasure is not confirmed"},
    "erasure.choice": {"us": "the controller chooses between return and erasure", "no": "the controller has no choice between return and erasure"},
    "work_product.form": {"present": "rights are assigned here and now", "future": "rights are only promised", "": "no rights are assigned"},
    "work_product.when": {"creation": "rights pass on creation", "payment": "rights pass on payment", "": "it is not said when rights pass"},
    "inventions.form": {"present": "inventions are assigned here and now", "future": "inventions are only promised", "": "no inventions are assigned"},
    "payment_days.contingent": {"yes": "payment waits until others have paid", "": "payment waits for nobody"},
}  # fmt: skip

# For sets the two are: what is lacking, and what is there.
SETS: Mapping[str, tuple[str, str]] = {
    "data_cap.supercap.covers": ("the higher cap does not cover {}", "the higher cap covers {}"),
    "data_cap.uncapped": ("the cap makes no exception for {}", "the cap does not apply to {}"),
    "indirect_loss.direct_costs": ("the costs of {} do not count as direct loss", "the costs of {} count as direct loss"),
    "indirect_loss.waiver.exceptions": ("the waiver makes no exception for {}", "the waiver does not apply to {}"),
    "ip_indemnity.acts": ("{} is not promised", "{} is promised"),
    "ip_indemnity.pays": ("the provider does not pay {}", "the provider pays {}"),
    "unilateral_change.scope": ("the provider cannot change {} alone", "the provider alone may change {}"),
    "data_use.scope": ("the provider does not use {} for itself", "the provider may use {} for itself"),
    "confidential_information.test": ("{} is not protected", "{} is protected"),
    "secrecy_exceptions.exceptions": ("there is no exception for {}", "there is an exception for {}"),
    "return_destroy.keep": ("nothing lets the recipient keep {}", "the recipient may keep {}"),
    "non_solicit.targets": ("the ban is not limited to {}", "the ban covers {}"),
    "non_solicit.exempt": ("the ban does not exempt {}", "the ban exempts {}"),
    "assignment.free": ("assignment to {} is not free", "assignment to {} is free"),
    "audit.causes": ("no audit on site after {}", "an audit on site after {}"),
    "processing_details.parts": ("{} is not described", "{} is described"),
    "force_majeure.causes": ("{} do not excuse", "{} excuse as well"),
    "transfers.mechanism": ("{} is not named as a mechanism", "{} is named as a mechanism"),
    "representatives.who": ("{} may not see it", "{} may see it"),
}  # fmt: skip

MEMBERS: Mapping[str, str] = {
    "data_breach": "data breaches", "confidentiality": "breaches of confidentiality", "indemnity": "indemnities",
    "gross_negligence": "gross negligence", "death_injury": "death and injury", "ip_breach": "infringement",
    "third_party": "what third parties give", "independent": "what is found independently", "public": "what is public",
    "known": "what was known before", "released": "what was released", "backup": "backups", "legal_copy": "one legal copy",
    "project_staff": "staff met in the project", "adverts": "general advertising", "agreement": "the agreement itself",
    "policies": "policies", "customer_data": "customer data", "usage_data": "usage data", "affiliate": "group companies",
    "successor": "a successor", "defend": "defence", "indemnify": "indemnity", "reimburse": "reimbursement", "award": "damages and costs",
    "settlement": "settlements", "reasonable": "what is understood to be confidential", "marked": "what is marked",
    "all": "all information", "notice": "notice to people concerned", "forensics": "forensic work",
    "breach": "a breach", "authority": "a request of an authority", "sccs": "the standard clauses", "own_strike": "strikes of its own staff", "shortage": "shortages", "price": "price rises",
}  # fmt: skip
