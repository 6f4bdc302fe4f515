#!/usr/bin/env python3
"""plan_decisions.py FOLDER OUT: the decisions of a migration's plans (JSON Lines) as the decisions.csv that the bench kit scores.

The plans are FOLDER/users.csv.plan.jsonl, or those of FOLDER/postoffices/*.csv, whose rows FOLDER/truth.csv numbers among all. Lines without a row
(header, end line) are passed over. A row that is correct already counts as an update: it points at that mailbox.
"""

import csv
import json
import sys
from pathlib import Path

UPDATES = {"certain", "correct"}
LEFT = {"absent", "skipped", "invalid"}

folder = Path(sys.argv[1])
plans = sorted((folder / "postoffices").glob("*.plan.jsonl"))
numbers: dict[tuple[str, int], int] = {}
if plans:
    with (folder / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            numbers[line["file"], int(line["file_row"])] = int(line["row"])

decisions = []
for path in plans or [folder / "users.csv.plan.jsonl"]:
    with path.open(encoding="utf-8") as plan:
        for line in plan:
            item = json.loads(line)
            if "row" not in item or "situation" not in item:
                continue
            target = item.get("target") or {}
            situation = item["situation"]
            action = "update" if situation in UPDATES else "leave" if situation in LEFT else "review"
            shown = [candidate["dn"] for candidate in [target, *item.get("rivals", [])] if candidate.get("dn")]
            evidence = " ".join(fact["name"] for fact in target.get("evidence", []))
            row = numbers[path.name.removesuffix(".plan.jsonl"), item["row"]] if plans else item["row"]
            decisions.append([row, target.get("dn", "") if action == "update" else "", action, "|".join(shown), situation, evidence])

with open(sys.argv[2], "w", encoding="utf-8", newline="") as out:
    writer = csv.writer(out)
    writer.writerow(["row", "dn", "action", "candidates", "situation", "evidence"])
    writer.writerows(sorted(decisions))
