"""Word files: what one holds (`reader`, `page`), and how the text of a moment is written as one."""
