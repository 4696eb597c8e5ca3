"""From a file (text, Markdown, docx, html, xlsx, pdf) to blocks with their exact places."""
