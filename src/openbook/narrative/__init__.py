"""The explanation as typed claims: each figure, share, growth and direction with its subject."""
