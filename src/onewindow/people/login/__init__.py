"""Log-in: passwords, lock-out, sessions, second factors, and the province's identity service."""
