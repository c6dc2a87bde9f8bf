"""Reports: the tables and summaries that are made by hand today, as Markdown and CSV."""
