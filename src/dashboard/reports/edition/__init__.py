"""The edition: a copy of what the dashboard says as plain files, for when there is no server any more."""
