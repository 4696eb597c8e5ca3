"""One file for each rule;  lists them all."""
