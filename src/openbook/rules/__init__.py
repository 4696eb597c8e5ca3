"""One file for each rule; `table.py` lists them all."""
