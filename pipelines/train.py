"""Fit the scoring model on the labelled sentences of ``seeds/gold/train`` and write ``kg/data/weights.npz``.

    python pipelines/train.py [--folds 5] [--out FILE]

One L2-regularised logistic regression a relation over the pair features. Articles are kept whole: out-of-fold predictions
give the calibration (Platt) and the two bars (for pairs that a rule proposes, and for pairs that none does), chosen as the
best F1 with precision of at least 0.8. Needs ``pip install '.[train]'``; takes some minutes on two cores.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.actors.catalogue import load  # noqa: E402
from kg.actors.names import Names  # noqa: E402
from kg.evaluate import GoldArticle, read_gold  # noqa: E402
from kg.nlp.features import pairs  # noqa: E402
from kg.nlp.parser import parse  # noqa: E402
from kg.nlp.read import read_article  # noqa: E402
from kg.ontology import STRUCTURAL, relations  # noqa: E402
