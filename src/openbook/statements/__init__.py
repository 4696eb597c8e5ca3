"""From blocks to statements: kinds, layouts of the provinces, columns and rows, as data."""
