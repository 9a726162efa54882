"""The desk where records come in: what ingest reads and checks, store keeps. Used by the screen and the command line."""
