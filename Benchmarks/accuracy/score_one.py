#!/usr/bin/env python3
"""score_one.py KIT FOLDER DECISIONS: the kit's score of one migration as JSON, with the rows that identifying evidence should decide.

Those are rows whose own mailbox holds the row's whole MS address, which no other entry holds. Of these, conflicts are not counted out
here: the evidence of the rows that are not certain says whether something speaks against them.
"""

import csv
import json
import subprocess
import sys
from pathlib import Path

kit, folder, decisions = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
sys.dont_write_bytecode = True
sys.path.insert(0, str(kit))
from benchkit.files import normal_dn, read_ldif, read_users  # noqa: E402

score = subprocess.run(
    [sys.executable, "-B", kit / "score.py", folder / "truth.csv", decisions, "--json"], check=True, capture_output=True, text=True
)
result = json.loads(score.stdout)
holders: dict[str, list[str]] = {}
for dn, entry in read_ldif(folder / "directory.ldif"):
    for value in entry.get("proxyaddresses", []) + entry.get("description", []) + [v.replace("$", ":", 1) for v in entry.get("othermailbox", [])]:
        address = value.upper().removeprefix("MIGRATE:")
        if address.startswith("MS:") and normal_dn(dn) not in holders.setdefault(address, []):
            holders[address].append(normal_dn(dn))
with (folder / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
    truth = list(csv.DictReader(file))
with decisions.open(encoding="utf-8", newline="") as file:
    decided = {line["row"]: line for line in csv.DictReader(file)}
AGAINST = {"other-names", "other-middle-initial", "other-suffix"}  # what the documents call a conflict
SPOKEN = {"ambiguous", "contested", "elsewhere"}
counts = {"identified": 0, "identified_certain": 0, "identified_conflict": 0}
for user, line in zip(read_users(folder / "users.csv"), truth):
    address = user["Secondary-Proxy-Addresses"].upper().removeprefix("MIGRATE:")
    if not line["dn"] or not address or holders.get(address) != [normal_dn(line["dn"])]:
        continue
    decision = decided.get(line["row"], {"situation": "", "evidence": ""})
    if AGAINST & set(decision["evidence"].split()) or decision["situation"] in SPOKEN:
        counts["identified_conflict"] += 1
        continue
    counts["identified"] += 1
    counts["identified_certain"] += decision["situation"] in ("certain", "correct")
print(json.dumps(result | counts))
