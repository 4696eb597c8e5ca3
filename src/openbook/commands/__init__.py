"""What the commands of `openbook` do; `openbook.cli` declares them."""
