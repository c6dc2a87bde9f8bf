"""Akoma Ntoso (LegalDocML, an OASIS standard): the text of a moment as XML, and back."""
