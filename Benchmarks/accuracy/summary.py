#!/usr/bin/env python3
"""summary.py FOLDER: adds up FOLDER/FORM-NOISE-SEED.json (what score.py --json prints) and holds the sums against the bars."""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

BARS = {"easy": (5000, 0.60), "default": (5000, 0.35), "hard": (1000, 0.20)}
KEYS = ("rows", "with_mailbox", "decided", "right", "wrong", "identified", "identified_certain")

sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
for path in sorted(Path(sys.argv[1]).glob("*-*-*.json")):
    form, noise, _ = path.stem.rsplit("-", 2)
    result = json.loads(path.read_text("utf-8"))
    for key in ((noise, form), (noise, "all forms")):
        sums[key].update({name: result.get(name, 0) for name in KEYS})

missed = False
print(f"{'noise':<9}{'form':<18}{'rows':>8}{'mailbox':>9}{'decided':>9}{'wrong':>7}{'one in':>8}{'recall':>8}{'identified':>12}{'certain':>9}  bars")
for (noise, form), sum_ in sorted(sums.items(), key=lambda item: (list(BARS).index(item[0][0]), item[0][1] == "all forms", item[0][1])):
    one_in, recall_bar = BARS[noise]
    recall = sum_["right"] / max(1, sum_["with_mailbox"])
    failed = []
    if sum_["wrong"] * one_in > sum_["decided"]:
        failed.append(f"wrong > 1 in {one_in}")
    if recall < recall_bar:
        failed.append(f"recall < {recall_bar:.0%}")
    if sum_["identified_certain"] < sum_["identified"]:
        failed.append("identified rows not certain")
    missed = missed or bool(failed)
    rate = str(sum_["decided"] // sum_["wrong"]) if sum_["wrong"] else "-"
    print(
        f"{noise:<9}{form:<18}{sum_['rows']:>8}{sum_['with_mailbox']:>9}{sum_['decided']:>9}{sum_['wrong']:>7}{rate:>8}{recall:>8.1%}"
        f"{sum_['identified']:>12}{sum_['identified_certain']:>9}  {'; '.join(failed) or 'met'}"
    )
sys.exit(1 if missed else 0)
