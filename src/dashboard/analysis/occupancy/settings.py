"""Every threshold of the occupancy estimators, with its origin.

"METHODS" is the methods note of the project. Values marked *convention* are working conventions
to be agreed with the users; the others were measured there or are numerical.
"""

from typing import Final

# --- How much data is enough: unit-periods with two or more detections (METHODS, 1.5 and 6, measured)
PERIOD_REFUSE_BELOW: Final = 5
PERIOD_CAUTION_BELOW: Final = 10
DYNAMIC_REFUSE_BELOW: Final = 10
DYNAMIC_CAUTION_BELOW: Final = 25

# --- An estimate on the edge of its range (METHODS, section 5)
BOUNDARY_LOGIT: Final = 6.0
BOUNDARY_SE: Final = 5.0
FLAT_EIGENVALUE: Final = 1e-6  # share of the largest eigenvalue of the whitened Hessian
FLAT_LOADING: Final = 1e-3  # a coefficient this much part of a flat direction is on the boundary; numerical

# --- Designs (METHODS, section 5)
RANK_TOLERANCE: Final = 1e-8

# --- More than one optimum (METHODS, section 5)
RIVAL_NEG2LOGLIK: Final = 2.0
RIVAL_SE: Final = 1.0
SAME_OPTIMUM_NEG2LOGLIK: Final = 0.01  # convention: far below any difference that matters for an interval

# --- Search (METHODS, section 5: starts near zero in a whitened basis; never wide starts alone)
LINEAR_PREDICTOR_CLIP: Final = 30.0
START_JITTER: Final = 0.2
EXTRA_STARTS: Final = 3  # tried only when the best was found once
# Wide starts may improve on the best and never vote against it; with small data only.
EXPLORING_STARTS: Final = 24  # at most
EXPLORING_VISITS: Final = 6_000  # visits gone through by all wide starts together; bounds their cost
EXPLORING_JITTER: Final = (1.0, 2.0, 4.0)
EXPLORING_GRADIENT: Final = 1e-2
BFGS_GRADIENT: Final = 1e-4
BFGS_ITERATIONS: Final = 400
POLISH_ITERATIONS: Final = 15
POLISH_STEP: Final = 2.0  # whitened units; a longer step must earn its length by doubling
POLISH_GRADIENT: Final = 1e-7
CONVERGED_GRADIENT: Final = 1e-3  # gradient of the log-likelihood in the whitened basis
DIFFERENCE_STEP: Final = 1e-4
START_SEED: Final = 20140718

# --- Goodness of fit (METHODS, section 5; MacKenzie and Bailey 2004)
LACK_OF_FIT_REFUSE: Final = 3.0
LACK_OF_FIT_INFLATE: Final = 1.0

# --- Two lines are told apart up to this correlation of their changes (METHODS, section 4; convention)
CHANGES_CORRELATE: Final = 0.9
# A silent unit is named from this conditional probability on (METHODS, section 4; convention)
SILENT_FROM: Final = 0.4

# --- Royle-Nichols: the sum over group numbers is cut where the Poisson tail is below this; numerical
ABUNDANCE_TAIL: Final = 1e-10
ABUNDANCE_FIRST: Final = 50
ABUNDANCE_MOST: Final = 450

# --- Records (docs of the project: evidence grades; METHODS, section 2: "confirmed" and "unconfirmed")
CONFIRMED_GRADES: Final = ("official", "corroborated")
UNCONFIRMED_GRADES: Final = ("single",)

# --- Candidate designs, finest first: (primary period, visit) (METHODS, section 2)
DESIGNS: Final = (("1Y", "M"), ("1Y", "Q"), ("3Y", "Q"), ("3Y", "Y"), ("5Y", "Y"))
