"""The views that are measured: every page, and the parts of long ones."""

VIEWS = (
    ("overview", "lang=en"),
    ("overview", "lang=ru&country=KGZ"),
    ("extent", "lang=en"),
    ("extent", "lang=ru&country=KGZ"),
    ("extent", "lang=en&level=place"),
    ("extent", "lang=en&drawing=simple"),
    ("extent", "lang=en&part=when"),
    ("extent", "lang=en&part=what"),
    ("extent", "lang=en&part=routes"),
    ("extent", "lang=en&part=records"),
    ("justice", "lang=en"),
    ("justice", "lang=ru&country=KGZ"),
    ("law", "lang=en"),
    ("law", "lang=en&part=penalties"),
    ("detection", "lang=en"),
    ("detection", "lang=ru&part=lesson"),
    ("data", "lang=en"),
    ("workshop", "lang=en"),
    ("about", "lang=en"),
)
