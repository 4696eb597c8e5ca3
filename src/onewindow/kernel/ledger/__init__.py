"""The ledger (台账): what was done in each matter, in a form that shows every later change.

``canonical``       the one spelling of a JSON value
``entry``           one step taken, its bytes and its hash
``commitments``     personal facts by commitment, so that they can be erased and the chain still holds
``merkle``          trees of hashes and proofs of inclusion (RFC 6962 with SM3)
``days``            the heads of a day, their root, its signature, the chain of days
``verification``    every entry and every day checked again, streaming
``receipts``        what an applicant holds
``verify_receipt``  a program of one file by which anybody checks a receipt, without this package

Pure functions over values: nothing here reads a clock, a file or a database.
"""
