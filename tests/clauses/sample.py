"""A small agreement of our own writing that holds one of everything the reading room looks for."""

AGREEMENT = """SOFTWARE SUBSCRIPTION AGREEMENT

This Software Subscription Agreement (this "Agreement") is made as of March 3, 2024 between Northwind Analytics Ltd., a company registered in England ("Provider"), and Harbour Foods, Inc., a Delaware corporation ("Customer").

1. DEFINITIONS
1.1 "Fees" means the amounts stated in Schedule 1.
1.2 "Service" means the hosted forecasting service described in Schedule 1.
1.3 "Order Desk" means the purchasing department of Customer.

2. PAYMENT
2.1 Invoices. Customer shall pay each invoice within thirty (30) days of receipt of the invoice. Overdue amounts bear interest at 1.5% per month.
2.2 Fees. The Fees for the first year are USD 120,000 (one hundred and twenty thousand US dollars).

3. CONFIDENTIALITY
3.1 Duty. The receiving party shall keep all Confidential Information in confidence and, if disclosure is required by law, shall notify the disclosing party within five (5) business days.
3.2 Length. The duties in Section 3.1 survive for a period of three years after termination.

4. LIMITATION OF LIABILITY
4.1 Cap. Except as stated in Section 4.3, neither party's total aggregate liability under this Agreement shall exceed two times the fees paid in the twelve (12) months before the claim.
4.2 Excluded loss. Neither party is liable for indirect or consequential damages.
4.3 Exceptions. The limits of Section 4.1 do not apply to:
(a) breach of Section 3;
(b) fraud; and
(c) the indemnity in Section 9.9.

5. TERM AND TERMINATION
5.1 Term. This Agreement commences on the Effective Date and continues for two (2) years. It renews automatically for successive terms of twelve months unless either party gives at least sixty (90) days' written notice before the end of the term.
5.2 Either party may terminate this Agreement for convenience on 3 months' prior notice.

6. MISCELLANEOUS
6.1 This Agreement is governed by the laws of England and Wales. The courts of London have exclusive jurisdiction.
6.2 Neither party may assign this Agreement without the prior written consent of the other party.
6.3 Neither party is liable for delay beyond its reasonable control.
6.4 This Agreement is the entire agreement of the parties and supersedes all prior agreements.

IN WITNESS WHEREOF the parties have signed.

Northwind Analytics Ltd.
By: ____________________
Name: [name of signatory]

Schedule 1
The Service and the Fees.
1. The Fees are payable yearly in advance.
2. Customer shall pay all invoices within forty-five (45) days of the date of the invoice.
"""  # noqa: E501  (a contract's paragraph is one line)
