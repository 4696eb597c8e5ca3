"""The budget book (预算账簿): a department's budget for one year, the only source of its disclosure."""
