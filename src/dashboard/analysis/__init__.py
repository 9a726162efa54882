"""Table in, table out. Knows no language, file, clock, chart or screen."""
