"""What differs between books, builds and published documents, and where a printed figure comes from."""
