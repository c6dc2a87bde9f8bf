"""The rules of decide, one file for each family of acts."""
