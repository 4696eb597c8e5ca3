"""What is done with units, accounts, roles and persons: each act one transaction that ends in its journal."""
