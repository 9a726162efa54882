"""Keeps records and their versions."""
