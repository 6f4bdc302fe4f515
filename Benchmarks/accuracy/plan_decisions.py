#!/usr/bin/env python3
"""plan_decisions.py PLAN OUT: the decisions of a plan (JSON Lines) as the decisions.csv that the bench kit scores.

Lines without a row (header, end line) are passed over. A row that is correct already counts as an update: it points at that mailbox.
"""

import csv
import json
import sys

UPDATES = {"certain", "correct"}
LEFT = {"absent", "skipped", "invalid"}

with open(sys.argv[1], encoding="utf-8") as plan, open(sys.argv[2], "w", encoding="utf-8", newline="") as out:
    writer = csv.writer(out)
    writer.writerow(["row", "dn", "action", "candidates", "situation", "evidence"])
    for line in plan:
        item = json.loads(line)
        if "row" not in item or "situation" not in item:
            continue
        target = item.get("target") or {}
        situation = item["situation"]
        action = "update" if situation in UPDATES else "leave" if situation in LEFT else "review"
        shown = [candidate["dn"] for candidate in [target, *item.get("rivals", [])] if candidate.get("dn")]
        evidence = " ".join(fact["name"] for fact in target.get("evidence", []))
        writer.writerow([item["row"], target.get("dn", "") if action == "update" else "", action, "|".join(shown), situation, evidence])
