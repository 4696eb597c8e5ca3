"""A demonstration bureau: units, people of each role, and permits in every state, made by the real actions.

Everybody and everything in it is invented. It lives in a data folder of its own, and nothing of it is ever
written into a bureau's real one.
"""
