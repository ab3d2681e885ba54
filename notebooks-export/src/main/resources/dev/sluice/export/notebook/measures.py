shown = re.compile(r"first_error_f1/|judge/|alarm/|calibration/.+_(accuracy|confidence)_\d+$|(?!calibration/|noise_robustness/|generation_verification_gap/|compute_equivalent_gain/).+/(base|policy)(_.+)?$")
table(
    ["measure", "value", "n"],
    [
        [name, interval(metric), "" if metric["n"] is None else f"{metric['n']:,}"]
        for name, metric in final(ARTIFACTS["evaluation"]).items()
        if not shown.match(name)
    ],
)
