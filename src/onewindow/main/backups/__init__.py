"""Backups: one file that holds the database, the documents and what proves them, and the way back.

The file is a tar archive, so that without this program, too, what is in it can be taken out:

    manifest.json                 versions, counts, digests (SM3) of the other members
    database.sqlite3 | .dump      the database; the second as PostgreSQL's pg_dump writes it
    trusted-keys/*                public keys, by which the ledger is verified
    roots/*.jsonl                 the signed roots as they were made public
    documents/<SM3 of content>    each document once
    keys/…                        only where it was asked for: then the file opens everything

What it holds of people's data is sealed as in the database; documents are as they were handed in.
"""
