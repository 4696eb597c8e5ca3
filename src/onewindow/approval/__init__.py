"""Approval: from the catalogue of service items to licences and archives."""
