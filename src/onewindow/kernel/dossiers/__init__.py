"""Dossiers (案卷): the materials of a matter, every version kept, each by the digest of its content.

    begin_dossier(actor) -> id            collect materials of a matter that is not opened yet
    receive(matter, name, stream, file_name, actor) -> Version
    moving.Request(documents=digests)     they go with a step: its entry names them
    withdraw(version, actor)              what is part of no entry may be taken back
    dossier_of(matter, actor), content(matter, version, actor)

A file is received into `store.incoming`, judged by what it is (`checks`, in a process of its own), scanned, and
kept in the store (a folder, or S3-compatible storage) under its SM3. The entry of a step names the digests of what
went with it, so the ledger, its receipts and `verifying` cover the files. docs/dossiers.md
"""
