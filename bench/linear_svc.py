"""Trains scikit-learn's LinearSVC on raw float32 files. Arguments: folder, rows, columns, classes, C."""
import json
import sys
import time

import numpy as np
from sklearn.svm import LinearSVC

folder, n, d, _, c = sys.argv[1], *map(float, sys.argv[2:])
x = np.fromfile(f"{folder}/x", dtype=np.float32).reshape(-1, int(d)).astype(np.float64)
tx = np.fromfile(f"{folder}/tx", dtype=np.float32).reshape(-1, int(d)).astype(np.float64)
y, ty = (np.fromfile(f"{folder}/{name}", dtype=np.uint32) for name in ("y", "ty"))
start = time.perf_counter()
machine = LinearSVC(C=c, max_iter=1000).fit(x, y)
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "accuracy": float((machine.predict(tx) == ty).mean())}))
