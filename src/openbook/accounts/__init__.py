"""The classification of accounts (政府收支分类科目), data by fiscal year."""
