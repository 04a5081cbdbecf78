"""CPU time of lifetimes 0.11.3 on columns written by compare-lifetimes.ts; prints one JSON line.

usage: lifetimes_fit.py FOLDER MODEL...    MODEL: bg_nbd mbg_nbd pareto_nbd, and score after bg_nbd
"""
import json
import sys
import time

import numpy as np
import pandas as pd
from lifetimes import BetaGeoFitter, ModifiedBetaGeoFitter, ParetoNBDFitter
from lifetimes.utils import _customer_lifetime_value

folder, *models = sys.argv[1:]
x, recency, age = (np.fromfile(f"{folder}/{name}.f64") for name in ("frequency", "recency", "age"))
fitters = {"bg_nbd": BetaGeoFitter, "mbg_nbd": ModifiedBetaGeoFitter, "pareto_nbd": ParetoNBDFitter}
result = {}
fitted = {}
for model in models:
    if model == "score":
        begin = time.process_time()
        _customer_lifetime_value(
            fitted["bg_nbd"], pd.Series(x), pd.Series(recency), pd.Series(age), pd.Series(np.ones_like(x)),
            time=12, discount_rate=0.01, freq="W",
        )
        result[model] = {"seconds": time.process_time() - begin}
        continue
    begin = time.process_time()
    try:
        fitted[model] = fitter = fitters[model]()
        fitter.fit(x, recency, age)
        result[model] = {
            "seconds": time.process_time() - begin,
            "parameters": {name: float(v) for name, v in fitter.params_.items()},
        }
    except Exception as error:  # lifetimes raises ConvergenceError
        result[model] = {"seconds": time.process_time() - begin, "error": repr(error)[:200]}
print(json.dumps(result))
