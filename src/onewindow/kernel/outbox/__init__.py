"""The outbox (发件箱): whatever leaves the platform is first a row, written with the step that caused it.

A message is posted in the transaction of the move, so that a move which rolls back sends nothing, and none
that counts is forgotten. A worker sends what is due, outside any transaction. It may send twice when it is
killed at the wrong moment, never not at all: the reference that goes with every message lets the receiver
drop the double. What cannot be sent stands on a desk, where an administrator decides.
"""
