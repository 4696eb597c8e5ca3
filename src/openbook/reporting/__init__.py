"""What was found, for people and for programs: text, JSON, SARIF, JUnit, html, xlsx."""
