"""What templates may ask for by themselves."""
