"""What must be true within a book, by family. Each check is a pure function from a book to faults."""
