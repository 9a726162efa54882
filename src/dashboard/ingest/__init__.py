"""The one road from files to tables: read, check, correct, harmonise. Returns tables and Issues."""
