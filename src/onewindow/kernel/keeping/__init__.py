"""The ledger kept: its days closed and published, its whole verified, its projections rebuilt, receipts handed out.

``days``        the close of a day: leaves and signed root, each day once and in order
``signing``     which key signs, and how it hands over to the next
``publishing``  roots as a public file
``reading``     the whole ledger as streams of one snapshot
``verifying``   every entry, leaf, head, root and opening checked again
``rebuilding``  every row of a matter recomputed from its entries
``receipts``    what an applicant holds

The arithmetic is that of `kernel.ledger`; here are the database and the files.
"""
