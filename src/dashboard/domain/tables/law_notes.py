"""What was noted beside the legal provisions: tiers of penalties, loopholes, and what the countries say of it."""

from typing import Final

from dashboard.domain.fields import N_, Field, Kind, Table
from dashboard.domain.tables import common
from dashboard.domain.tables.common import url
from dashboard.domain.tables.law import months

TOPIC: Final = Field("provision_topic", N_("Topic"), Kind.CODE, "", is_required=True, codes="provision_topic")
CELL: Final = r"[A-Z]{3}\.[a-z_]+"

PENALTY_TIERS: Final = Table(
    name="penalty_tiers",
    label=N_("Tiers of penalties"),
    row_is="one prison term of one provision, and whether it is that of the basic offence",
    source_file="reference/penalty_tiers.csv",
    key=("country", "provision_topic", "tier", "instrument"),
    fields=(
        common.COUNTRY,
        TOPIC,
        Field("tier", N_("Tier"), Kind.CODE, "Only `basic` and `top` are maxima for the snow leopard.", is_required=True, codes="penalty_tier"),
        Field("instrument", N_("Instrument"), description="Exactly as `provisions` writes it.", is_required=True, max_length=200),
        months("min_months", N_("Minimum imprisonment")),
        months("max_months", N_("Maximum imprisonment")),
        Field("is_open_ended", N_("Open-ended"), description="`true` where the text says \"or more\".", pattern="true"),
        Field("alternative", N_("Instead of prison"), Kind.CODE, "Empty where no alternative was read.", codes="penalty_alternative"),
        Field("reason_en", N_("Reason in English"), is_required=True),
        Field("reason_ru", N_("Reason in Russian"), is_required=True),
    ),
)  # fmt: skip

LOOPHOLES: Final = Table(
    name="loopholes",
    label=N_("Loopholes"),
    row_is="one loophole that the provisions show",
    source_file="reference/loopholes.csv",
    key=("loophole",),
    fields=(
        Field("loophole", N_("Loophole"), Kind.IDENTIFIER, is_required=True, pattern=r"L\d{2}"),
        Field("title_en", N_("Title in English"), is_required=True, max_length=80),
        Field("title_ru", N_("Title in Russian"), is_required=True, max_length=80),
        Field("text_en", N_("Text in English"), is_required=True),
        Field("text_ru", N_("Text in Russian"), is_required=True),
        Field("cells", N_("Provisions"), description="Country and topic of the provisions behind it, separated by `;`.", is_required=True, pattern=f"{CELL}(;{CELL})*", max_length=300),
        url(),
    ),
)  # fmt: skip

LAW_REVIEW: Final = Table(
    name="law_review",
    label=N_("Right of reply"),
    row_is="one range country and what its authority says of the reading of its law",
    source_file="reference/law_review.csv",
    key=("country",),
    fields=(
        common.COUNTRY,
        Field("status", N_("Status"), Kind.CODE, is_required=True, codes="law_review_status"),
        Field("decided_on", N_("Decided on"), Kind.DATE, "Empty while it is a draft."),
        Field("statement_en", N_("Statement in English")),
        Field("statement_ru", N_("Statement in Russian")),
    ),
)

LAW_NOTES: Final = (PENALTY_TIERS, LOOPHOLES, LAW_REVIEW)
