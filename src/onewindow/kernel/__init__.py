"""What every kind of matter has in common: procedures, legal time, ledger, measures, dossiers, privacy."""
