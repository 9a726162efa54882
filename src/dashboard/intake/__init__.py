"""The desk where records come in: what ingest reads and checks, store keeps. For the screen and the command line."""
