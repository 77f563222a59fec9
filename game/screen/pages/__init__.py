"""Sheets that lie above or beside the table: title, codex, reports, what is looked back on."""
