metrics = final(ARTIFACTS["evaluation"])
series = [("perfect", "#bbbbbb", [(0, 0.0, 0.0, 0.0), (100, 1.0, 1.0, 1.0)])]
for who, colour in [("base", "#4477aa"), ("policy", "#228833"), ("stored", "#aa3377")]:
    bins = []
    for name, metric in metrics.items():
        found = re.fullmatch(rf"calibration/{who}_accuracy_(\d+)", name)
        if found:
            score = metrics[f"calibration/{who}_confidence_{found.group(1)}"]["value"]
            bins.append((round(100 * score), metric["value"], metric["low"], metric["high"]))
    if bins:
        series.append((who, colour, sorted(bins)))
chart("Reliability of scores", "score, in percent", "share that is right", series, 0.0, 1.0)
