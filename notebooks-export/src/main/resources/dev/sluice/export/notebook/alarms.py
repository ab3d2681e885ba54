meanings = {
    "alarm/lines": "solutions grow or shrink",
    "alarm/appended": "text after the answer",
    "alarm/repetition": "lines that repeat",
    "alarm/acceptance": "the reward accepts more than a majority of first votes does",
    "alarm/divergence": "the reward climbs while accuracy on dev falls",
}
body = []
for artifact in (ARTIFACTS["policy"], ARTIFACTS["evaluation"]):
    for metric in manifest(artifact)["metrics"] if artifact else []:
        if metric["name"].startswith("alarm/"):
            rang = int(metric["value"])
            body.append([metric["name"], meanings.get(metric["name"], ""), f"rang in round {rang}" if rang else "silent"])
table(["alarm", "what it watches", "state"], body, left=3)
