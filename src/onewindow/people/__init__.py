"""Units, staff, roles, delegation, applicants: who acts, and for whom."""
