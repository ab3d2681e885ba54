metrics = final(ARTIFACTS["evaluation"])
table(
    ["the reward on what the policy writes now", "value"],
    [
        [text, interval(metrics[f"judge/{name}"])]
        for name, text in [
            ("accept", "share of solutions that it accepts"),
            ("gap", "that share less the share that is right"),
            ("false_accept", "share it accepts of the solutions that are wrong"),
        ]
        if f"judge/{name}" in metrics
    ],
)
