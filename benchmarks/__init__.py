"""What is measured: reruns of the pages, fits of the estimators. Nothing here is part of the dashboard."""
