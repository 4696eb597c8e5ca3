"""Gateways to the outside: each an interface, and a local stand-in that does the job on this machine."""
