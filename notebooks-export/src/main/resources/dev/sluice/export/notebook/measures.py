shown = re.compile(r"first_error_f1/|judge/|alarm/|.+/(base|policy)(_.+)?$")
table(
    ["measure", "value", "n"],
    [
        [name, interval(metric), "" if metric["n"] is None else f"{metric['n']:,}"]
        for name, metric in final(ARTIFACTS["evaluation"]).items()
        if not shown.match(name)
    ],
)
