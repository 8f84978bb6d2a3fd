"""Trains one of scikit-learn's classifiers on raw float32 files. Arguments: which (svc, boosting, boosting-alike), folder, columns, C."""
import json
import sys
import time

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.svm import LinearSVC

which, folder, d, c = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
x = np.fromfile(f"{folder}/x", dtype=np.float32).reshape(-1, d).astype(np.float64)
tx = np.fromfile(f"{folder}/tx", dtype=np.float32).reshape(-1, d).astype(np.float64)
y, ty = (np.fromfile(f"{folder}/{name}", dtype=np.uint32) for name in ("y", "ty"))
# As Mekiki's boosting, which scikit-learn cannot follow in looking at a tenth of the columns for each tree.
alike = {"max_iter": 120, "learning_rate": 0.3, "max_leaf_nodes": 8, "max_bins": 32, "l2_regularization": 20, "min_samples_leaf": 3}
machines = {
    "svc": lambda: LinearSVC(C=c, max_iter=1000),
    "boosting": lambda: HistGradientBoostingClassifier(random_state=1),
    "boosting-alike": lambda: HistGradientBoostingClassifier(random_state=1, **alike),
}
machine = machines[which]()
start = time.perf_counter()
machine.fit(x, y)
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "accuracy": float((machine.predict(tx) == ty).mean())}))
