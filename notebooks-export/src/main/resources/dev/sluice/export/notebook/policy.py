metrics = final(ARTIFACTS["evaluation"])
measures = {}
for name, metric in metrics.items():
    found = re.fullmatch(r"(?!calibration/|noise_robustness/|generation_verification_gap/|compute_equivalent_gain/)(.+)/(base|policy)(_.+)?", name)
    if found:
        measure, who, how = found.groups()
        measures.setdefault((measure, how or ""), {})[who] = metric
body = []
for (measure, how), found in measures.items():
    base, policy = found.get("base"), found.get("policy")
    gain = f"{policy['value'] - base['value']:+.3f}" if base and policy else "–"
    label = measure.replace("maj_at_", "majority of ").replace("pass_at_", "pass at ").replace("_", " ")
    way = {"": "", "_t07": ", temperature 0.7", "_greedy": ", greedy"}.get(how, how.replace("_", " "))
    body.append([label + way, interval(base), interval(policy), gain])
table(["measure", "base", "trained", "gain"], body)
