"""What a workshop starts from: the questions of the self-assessment and the ready storylines."""

from typing import Final

from dashboard.domain.fields import N_, Field, Kind, Table

LONGEST_QUESTION: Final = 300

ASSESSMENT: Final = Table(
    "assessment",
    N_("Self-assessment"),
    "one statement to be scored from 0 to 3, based on the ICCWC Indicator Framework",
    source_file="reference/assessment.csv",
    key=("item",),
    fields=(
        Field("item", N_("Item"), Kind.IDENTIFIER, is_required=True, pattern="[oi][0-9]{1,2}", max_length=3),
        Field("outcome", N_("Outcome"), Kind.INTEGER, "Desired outcome of the framework.", is_required=True, low=1, high=8),
        Field("kind", N_("Kind"), description="`outcome` itself, or an `item` of the short form.", is_required=True, pattern="outcome|item"),
        Field("indicator", N_("Indicator"), Kind.INTEGER, "Number in the framework; empty for an outcome.", low=1, high=50),
        Field("question_en", N_("Statement in English"), is_required=True, max_length=LONGEST_QUESTION),
        Field("question_ru", N_("Statement in Russian"), is_required=True, max_length=LONGEST_QUESTION),
        Field("wording", N_("Wording"), description="`official` once the text of the framework itself has been put in.", is_required=True, pattern="ours|official"),
    ),
)  # fmt: skip

STORYLINES: Final = Table(
    "storylines",
    N_("Storylines"),
    "one scene of a ready storyline; those of `country` are made for every range country",
    source_file="reference/storylines.csv",
    key=("story", "position"),
    fields=(
        Field("story", N_("Storyline"), is_required=True, pattern="regional|country"),
        Field("position", N_("Position"), Kind.INTEGER, is_required=True, low=1, high=99),
        Field("page", N_("Page"), description="A page that is not there yet is passed over.", is_required=True, pattern="[a-z]+", max_length=20),
        Field("query", N_("Parameters"), description="As in the link; `{country}` stands for the country.", max_length=300),
        Field("heading_en", N_("Heading in English"), is_required=True, max_length=160),
        Field("heading_ru", N_("Heading in Russian"), is_required=True, max_length=160),
        Field("note_en", N_("Note in English"), max_length=300),
        Field("note_ru", N_("Note in Russian"), max_length=300),
        Field("minutes", N_("Minutes"), Kind.INTEGER, "Length of the countdown; 0 for none.", is_required=True, low=0, high=240, unit="min"),
    ),
)  # fmt: skip
