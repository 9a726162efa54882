"""A dashboard for monitoring illegal wildlife trade in the twelve snow leopard range countries."""
