"""From a budget book and a layout to the disclosure: statements, explanation, forms, charts."""
