"""What people see: pages that any kind of matter shares, the frame around all pages, and their headers."""
