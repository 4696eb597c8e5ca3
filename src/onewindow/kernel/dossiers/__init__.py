"""Dossiers (案卷): the materials of matters."""
